// The texts of importing people come with its page.
import { peopleImport } from "@/i18n/en/people-import";
import { addTexts } from "@/i18n/text";

addTexts(peopleImport);
