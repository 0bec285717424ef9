// The texts of the tax pages come with their scripts: no other page needs them. Imported by each of the pages.
import { taxes } from "@/i18n/en/taxes";
import { addTexts } from "@/i18n/text";

addTexts(taxes);
