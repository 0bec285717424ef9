// The texts of the page of protected data come with it.
import { protection } from "@/i18n/en/protection";
import { addTexts } from "@/i18n/text";

addTexts(protection);
