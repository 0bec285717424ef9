// The texts of the messages' page come with it.
import { messages } from "@/i18n/en/messages";
import { addTexts } from "@/i18n/text";

addTexts(messages);
