import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, read } from "@/api/client";
import { asApiError } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { isSignedIn, signedIn } from "@/api/session";
import type { SignInAnswer, SignInPending } from "@/api/types";
import { useCounties } from "@/api/use-counties";
import { t } from "@/i18n/text";
import { Banner } from "@/ui/banner";
import { Button } from "@/ui/button";
import { FieldGroup, SelectField, TextField } from "@/ui/field";
import { placeOf, PlaceFields, placeValue } from "@/ui/place-fields";
import { FrontPage } from "./front-page";
import { SignInSteps } from "./sign-in-steps";
import { TIME_ZONES } from "@/i18n/time-zones";

const POINTERS = [
  "/setupToken",
  "/group/name",
  "/store/name",
  "/store/street",
  "/store/timeZone",
  "/store/place/state",
  "/administrator/name",
  "/administrator/email",
  "/administrator/password",
];

/** Makes the first store of an empty installation. */
export function SetUpPage({ token, onDone, onRestart }: { token: string; onDone: () => void; onRestart: () => void }) {
  const [values, setValues] = useState({
    setupToken: token,
    group: "",
    store: "",
    street: "",
    timeZone: TIME_ZONES.find((zone) => zone === Intl.DateTimeFormat().resolvedOptions().timeZone) ?? "America/Chicago",
    name: "",
    email: "",
    password: "",
  });
  const [pending, setPending] = useState<SignInPending>();
  const [place, setPlace] = useState(placeValue({}));
  const counties = useCounties(place.state);
  const create = useMutation({
    mutationFn: () =>
      read<SignInAnswer>(
        api.POST("/api/v1/setup", {
          body: {
            setupToken: values.setupToken.trim(),
            group: { name: values.group },
            store: { name: values.store, timeZone: values.timeZone, street: values.street, place: placeOf(place) },
            administrator: { name: values.name, email: values.email, password: values.password },
          },
        }),
      ),
    onSuccess: (answer) => {
      if (isSignedIn(answer)) {
        signedIn(answer);
        onDone();
      } else {
        setPending(answer);
      }
    },
  });
  const error = create.error === null ? undefined : asApiError(create.error);
  const problem = problemText(error, POINTERS);
  const text = (key: keyof typeof values, pointer: string) => ({
    required: true,
    value: values[key],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [key]: event.target.value }),
    error: error?.fields.find((field) => field.pointer === pointer)?.detail,
  });
  // The store is there; whoever does not finish here signs in as everybody does.
  if (pending !== undefined) return <SignInSteps pending={pending} onSignedIn={onDone} onRestart={onRestart} />;
  return (
    <FrontPage title={t("setup.title")} lead={t("setup.lead")} wide>
      <form
        aria-label={t("setup.title")}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
        className="flex flex-col gap-5"
      >
        {problem !== undefined && <Banner tone="bad" title={problem.message} />}
        <TextField label={t("setup.token")} hint={t("setup.token.hint")} {...text("setupToken", "/setupToken")} />
        <TextField label={t("setup.group")} hint={t("setup.group.hint")} {...text("group", "/group/name")} />
        <FieldGroup title={t("setup.store")}>
          <TextField label={t("setup.storeName")} {...text("store", "/store/name")} />
          <SelectField
            label={t("setup.timeZone")}
            {...text("timeZone", "/store/timeZone")}
            choices={TIME_ZONES.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
          />
          <TextField label={t("place.street")} optional {...text("street", "/store/street")} required={false} />
          <PlaceFields
            value={place}
            onChange={setPlace}
            counties={counties}
            error={error?.fields.find((field) => field.pointer.startsWith("/store/place"))?.detail}
          />
        </FieldGroup>
        <FieldGroup title={t("setup.administrator")}>
          <TextField label={t("setup.yourName")} autoComplete="name" {...text("name", "/administrator/name")} />
          <TextField label={t("word.email")} type="email" autoComplete="username" {...text("email", "/administrator/email")} />
          <TextField
            label={t("word.password")}
            type="password"
            autoComplete="new-password"
            minLength={12}
            hint={t("setup.password.hint")}
            {...text("password", "/administrator/password")}
          />
        </FieldGroup>
        <Button type="submit" look="primary" wide disabled={create.isPending}>
          {t("setup.action")}
        </Button>
      </form>
    </FrontPage>
  );
}
