// The texts of the store's profile come with its page.
import { storeProfile } from "@/i18n/en/store-profile";
import { addTexts } from "@/i18n/text";

addTexts(storeProfile);
