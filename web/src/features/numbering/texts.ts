// The texts of numbering come with its page.
import { numbering } from "@/i18n/en/numbering";
import { addTexts } from "@/i18n/text";

addTexts(numbering);
