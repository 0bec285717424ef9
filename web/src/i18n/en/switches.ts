/** What a store can switch off. What each switch is called and does, the server says. */
export const switches = {
  "switches.lead": "What the store does without is refused to everybody in it, whatever their role, and its buttons are gone. Nothing that is on file is lost.",
  "switches.on": "on",
  "switches.off": "off",
} as const;
