// The texts of teams come with their page.
import { teams } from "@/i18n/en/teams";
import { addTexts } from "@/i18n/text";

addTexts(teams);
