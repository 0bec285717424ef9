// The people of the demonstration store, one of each role.
export type Role = "salesperson" | "manager" | "finance" | "administrator" | "group";

interface Person {
  name: string;
  email: string;
}

export const PASSWORD = "saturday-on-the-lot";

export const PEOPLE: Record<Role, Person> = {
  salesperson: { name: "Alex Romero", email: "sales@prairie.example.com" },
  manager: { name: "Marcus Hale", email: "manager@prairie.example.com" },
  finance: { name: "Priya Raman", email: "finance@prairie.example.com" },
  administrator: { name: "Dana Whitfield", email: "admin@prairie.example.com" },
  group: { name: "Vivian Ashworth", email: "group@prairie.example.com" },
};
