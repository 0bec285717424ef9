// The API document as a page. Everything is put in as text, so nothing in the document can become markup.
"use strict";

const METHODS = ["get", "post", "put", "patch", "delete"];

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

// A schema with its references followed a few levels down, as an outline a person can read.
function outline(schema, schemas, depth = 0, seen = []) {
  if (!schema) return "any";
  if (schema.$ref) {
    const name = schema.$ref.split("/").pop();
    if (depth > 3 || seen.includes(name)) return name;
    return outline(schemas[name], schemas, depth, [...seen, name]);
  }
  const options = schema.oneOf || schema.anyOf;
  if (options) return options.map((option) => outline(option, schemas, depth, seen)).join(" | ");
  if (schema.allOf) return schema.allOf.map((part) => outline(part, schemas, depth, seen)).join(" & ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : schema.type;
  if (schema.properties) {
    const pad = "  ".repeat(depth + 1);
    const required = schema.required || [];
    const lines = Object.entries(schema.properties).map(([name, member]) => {
      const mark = required.includes(name) ? "" : "?";
      const about = member.description ? "  // " + member.description.split("\n")[0] : "";
      return pad + name + mark + ": " + outline(member, schemas, depth + 1, seen) + about;
    });
    return "{\n" + lines.join("\n") + "\n" + "  ".repeat(depth) + "}";
  }
  if (schema.items) return outline(schema.items, schemas, depth, seen) + "[]";
  return (type || "any") + (schema.format ? " (" + schema.format + ")" : "");
}

function shape(title, content, schemas) {
  const part = document.createDocumentFragment();
  for (const [media, { schema }] of Object.entries(content || {})) {
    part.append(element("h4", title + " · " + media));
    part.append(element("pre", outline(schema, schemas)));
  }
  return part;
}

function parameters(list) {
  const table = element("table");
  const head = table.createTHead().insertRow();
  for (const name of ["Parameter", "In", "Meaning"]) head.append(element("th", name));
  const body = table.createTBody();
  for (const parameter of list) {
    const row = body.insertRow();
    row.append(element("td", parameter.name + (parameter.required ? "" : "?")));
    row.append(element("td", parameter.in));
    row.append(element("td", parameter.description || ""));
  }
  return table;
}

function operation(method, path, item, schemas) {
  const box = element("details");
  box.id = item.operationId || method + path;
  const line = element("summary");
  line.append(element("span", method.toUpperCase(), "method"), element("code", path));
  line.append(element("span", " " + (item.summary || "") + " · " + item["x-permission"], "quiet"));
  const inside = element("div", undefined, "inside");
  if (item.description) inside.append(element("p", item.description));
  if (item.parameters && item.parameters.length) inside.append(parameters(item.parameters));
  if (item.requestBody) inside.append(shape("Request", item.requestBody.content, schemas));
  for (const [status, response] of Object.entries(item.responses || {})) {
    if (status === "default") continue;
    inside.append(element("h4", status + " " + (response.description || "")), shape("Response", response.content, schemas));
  }
  box.append(line, inside);
  return box;
}

function show(api, wanted) {
  const schemas = (api.components && api.components.schemas) || {};
  const groups = new Map();
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of METHODS.filter((name) => item[name])) {
      const found = item[method];
      const text = [method, path, found.summary, found.operationId, found["x-permission"]].join(" ").toLowerCase();
      if (!text.includes(wanted)) continue;
      const tag = (found.tags && found.tags[0]) || "other";
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(operation(method, path, found, schemas));
    }
  }
  const main = document.getElementById("operations");
  main.replaceChildren();
  if (!groups.size) main.append(element("p", "No operation matches."));
  for (const [tag, boxes] of groups) {
    const section = element("section");
    section.append(element("h2", tag), ...boxes);
    main.append(section);
  }
}

async function load() {
  const main = document.getElementById("operations");
  try {
    const answer = await fetch("/api/v1/openapi.json");
    if (!answer.ok) throw new Error("status " + answer.status);
    const api = await answer.json();
    document.getElementById("about").textContent = api.info.description || "";
    const find = document.getElementById("find");
    find.addEventListener("input", () => show(api, find.value.trim().toLowerCase()));
    show(api, "");
    if (location.hash) document.getElementById(location.hash.slice(1))?.setAttribute("open", "");
  } catch (error) {
    main.replaceChildren(element("p", "The document could not be loaded: " + error.message));
  }
}

load();
