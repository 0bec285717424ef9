// The texts of single sign-on's settings come with their page.
import { singleSignOn } from "@/i18n/en/single-sign-on";
import { addTexts } from "@/i18n/text";

addTexts(singleSignOn);
