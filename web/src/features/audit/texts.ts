// The texts of the audit trail come with its page.
import { audit } from "@/i18n/en/audit";
import { addTexts } from "@/i18n/text";

addTexts(audit);
