// The texts of the switches come with their page.
import { switches } from "@/i18n/en/switches";
import { addTexts } from "@/i18n/text";

addTexts(switches);
