import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { t } from "@/i18n/text";
import { Button } from "@/ui/button";
import { CONTROL, Field } from "@/ui/field";

interface Props {
  store: string;
  /** What names the picture; nothing without one. */
  logo: string;
  /** The picture of the saved profile. */
  saved: { logo: string; picture: string } | undefined;
  onChange: (logo: string) => void;
  readOnly: boolean;
  error: string | undefined;
}

/** The picture at the head of the store's papers: put up at once, shown there when the profile is saved. */
export function LogoField({ store, logo, saved, onChange, readOnly, error }: Props) {
  const [mine, setMine] = useState<{ logo: string; picture: string }>();
  const put = useMutation({
    mutationFn: async (file: File) => {
      const picture = await dataUrl(file);
      const { logo: made } = await read(api.POST("/api/v1/admin/settings/profile/logos", { body: { data: picture.slice(picture.indexOf(",") + 1) } }));
      return { logo: made, picture };
    },
    onSuccess: (made) => {
      setMine(made);
      onChange(made.logo);
    },
  });
  const fault = put.error === null ? error : problemText(asApiError(put.error))?.message;
  const picture = [mine, saved].find((known) => known?.logo === logo)?.picture;
  return (
    <div className="flex flex-col gap-2 md:col-span-2">
      <Field label={t("profile.logo.file")} hint={t("profile.logo.hint")} error={fault}>
        {(wiring) => (
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp"
            disabled={readOnly || put.isPending}
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file !== undefined) put.mutate(file);
            }}
            className={`${CONTROL} h-auto py-1`}
            {...wiring}
          />
        )}
      </Field>
      {logo !== "" && picture !== undefined && (
        <div className="flex flex-wrap items-center gap-3">
          {/* On the white of paper, in either colour scheme. */}
          <img src={picture} alt={t("profile.logo.alt", { store })} className="max-h-20 max-w-60 rounded-sm border border-line bg-white object-contain p-1" />
          {!readOnly && <Button onClick={() => onChange("")}>{t("profile.logo.remove")}</Button>}
        </div>
      )}
    </div>
  );
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(typeof reader.result === "string" ? reader.result : ""));
    reader.addEventListener("error", () => reject(reader.error ?? new Error("unreadable")));
    reader.readAsDataURL(file);
  });
}
