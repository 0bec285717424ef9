// The texts of the group's pages come with them.
import { group } from "@/i18n/en/group";
import { addTexts } from "@/i18n/text";

addTexts(group);
