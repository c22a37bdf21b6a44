// The linter's plugin for the rules of this house. It sees files under src/ of the folder that the linter runs in.
import { dirname, relative, resolve, sep } from "node:path";
import { isTest, whyNot } from "./house-rules.mjs";

/** Walls between the folders of src/. */
const layers = rule((context, file) => {
  const check = (node, source) => {
    if (typeof source?.value !== "string") return;
    const why = whyNot(file, targetOf(context, source.value));
    if (why !== undefined) context.report({ node, message: `${why}.` });
  };
  const checkSource = (node) => check(node, node.source);
  return {
    ImportDeclaration: checkSource,
    ExportNamedDeclaration: checkSource,
    ExportAllDeclaration: checkSource,
    ImportExpression: checkSource,
    TSImportType: (node) => check(node, node.source ?? node.argument?.literal ?? node.argument),
  };
});

/** `process.env` is read once, in config/ and main.ts. */
const environment = productRule((context, file) => {
  const message = "The environment is read in src/config/ and src/main.ts only.";
  if (file === "main.ts" || file.startsWith("config/")) return {};
  return processMember(context, "env", message);
});

/** Only main.ts ends the process. */
const exit = productRule((context, file) => {
  if (file === "main.ts") return {};
  return processMember(context, "exit", "Only src/main.ts ends the process: throw a Fault.");
});

/** A failure has a code of the table in core/fault.ts. */
const fault = productRule((context) => ({
  ThrowStatement(node) {
    const made = node.argument;
    const makes = made?.type === "NewExpression" || made?.type === "CallExpression";
    if (!makes || made.callee.name !== "Error") return;
    context.report({ node, message: "Throw a Fault with a code of core/fault.ts, not an Error." });
  },
}));

/** What is caught is handled, or a comment says why it may be dropped. */
const silence = rule((context) => {
  const check = (body) => {
    if (body?.type !== "BlockStatement" || body.body.length > 0) return;
    if (context.sourceCode.getCommentsInside(body).length > 0) return;
    context.report({ node: body, message: "Handle what is caught, or say why it may be dropped." });
  };
  return {
    CatchClause: (node) => check(node.body),
    CallExpression(node) {
      if (node.callee.property?.name === "catch") check(node.arguments[0]?.body);
    },
  };
});

export default { meta: { name: "house" }, rules: { environment, exit, fault, layers, silence } };

/** A rule for the files of src/; `create` gets their path relative to it. */
function rule(create) {
  return {
    create(context) {
      const file = inSource(context, context.filename);
      return file.startsWith("../") ? {} : create(context, file);
    },
  };
}

/** A rule for what runs in production: not for tests. */
function productRule(create) {
  return rule((context, file) => (isTest(file) ? {} : create(context, file)));
}

function inSource(context, path) {
  return relative(resolve(context.cwd, "src"), path).split(sep).join("/");
}

function targetOf(context, specifier) {
  if (!specifier.startsWith(".")) return { bare: specifier };
  return { path: inSource(context, resolve(dirname(context.filename), specifier)) };
}

/** Reports `process.name`, `process["name"]`, `const { name } = process` and `import { name } from "node:process"`. */
function processMember(context, name, message) {
  const report = (node) => context.report({ node, message });
  const named = (key) => key?.name === name || key?.value === name;
  const isProcess = (node) => node?.name === "process" || node?.property?.name === "process";
  return {
    MemberExpression(node) {
      if (isProcess(node.object) && named(node.property)) report(node);
    },
    VariableDeclarator(node) {
      if (!isProcess(node.init) || node.id.type !== "ObjectPattern") return;
      if (node.id.properties.some((property) => named(property.key))) report(node);
    },
    ImportDeclaration(node) {
      if (!/^(node:)?process$/.test(node.source.value)) return;
      if (node.specifiers.some((specifier) => named(specifier.imported))) report(node);
    },
  };
}
