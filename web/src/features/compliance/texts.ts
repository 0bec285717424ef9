// The texts of the compliance desk come with its page.
import { compliance } from "@/i18n/en/compliance";
import { addTexts } from "@/i18n/text";

addTexts(compliance);
