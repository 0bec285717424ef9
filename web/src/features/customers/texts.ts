// What a customer may ask about themselves is read on their page alone: its texts come with it.
import { privacy } from "@/i18n/en/privacy";
import { addTexts } from "@/i18n/text";

addTexts(privacy);
