// The words of a message as a form has them, and as lines that can be compared.
import { t } from "@/i18n/text";
import type { Description } from "@/ui/form-frame";
import type { MailTemplate, Words } from "./queries";

export function wordsOf(template: MailTemplate | undefined): Words {
  return { subject: template?.subject ?? "", body: template?.body ?? "" };
}

export function describe({ subject, body }: Words): Description {
  return { [t("messages.subject")]: subject, [t("messages.body")]: body };
}
