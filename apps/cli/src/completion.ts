/** `crease completion`: scripts that let a shell finish commands, options and their values. */
import { suggestName } from "@crease/backend";
import { type Command, command } from "./command.ts";
import { commands } from "./commands.ts";
import { exitCodes } from "./exitCodes.ts";
import { UsageError } from "./failure.ts";
import { type OptionTable, typed } from "./options.ts";

/** A command as a shell needs it. */
interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly options: OptionTable;
  readonly names: readonly string[];
}

/** Scripts by shell. */
const scripts: { readonly [shell: string]: (all: readonly Completed[]) => string } = { bash, zsh, fish };

/** Prints a completion script. */
export const completionCommand: Command = command({
  usage: "<bash|zsh|fish>",
  about: "Prints a script that lets a shell finish commands, options and their values when you press Tab.",
  options: {},
  names: Object.keys(scripts),
  sections: {
    "To install": [
      "bash   crease completion bash > ~/.local/share/bash-completion/completions/crease",
      "zsh    crease completion zsh > ~/.zfunc/_crease, with fpath+=~/.zfunc before",
      "       compinit in ~/.zshrc",
      "fish   crease completion fish > ~/.config/fish/completions/crease.fish",
    ],
  },
  examples: ["crease completion bash", "source <(crease completion bash)"],
  async run(_values, [shell, ...more]) {
    const known = Object.keys(scripts);
    if (shell === undefined) throw new UsageError(`completions for which shell? Known shells: ${known.join(", ")}.`);
    if (!Object.hasOwn(scripts, shell)) throw new UsageError(`unknown shell "${shell}". ${suggestName(shell, known)}.`);
    if (more.length > 0) throw new UsageError(`completion takes one shell, not "${[shell, ...more].join(" ")}".`);
    const all = Object.entries(commands).map(async ([name, { summary, load }]) => {
      const { options, names } = await load();
      return { name, summary, options, names };
    });
    process.stdout.write(`${(scripts[shell] as (typeof scripts)[string])(await Promise.all(all))}\n`);
    return exitCodes.done;
  },
});

function bash(all: readonly Completed[]): string {
  const cases = all.map(({ name, options, names }) => {
    const words = [...names, ...Object.keys(options).map(typed)].join(" ");
    const values = Object.entries(options).flatMap(([option, { kind }]) =>
      kind.placeholder === undefined
        ? []
        : [
            kind.choices === undefined
              ? `      ${typed(option)}) return ;;`
              : `      ${typed(option)}) COMPREPLY=($(compgen -W "${kind.choices.join(" ")}" -- "$word")); return ;;`,
          ],
    );
    const inside =
      values.length === 0 ? [] : ['      case "$before" in', ...values.map((line) => `  ${line}`), "      esac"];
    return [`    ${name})`, ...inside, `      words="${words}" ;;`].join("\n");
  });
  return `# Completions of crease for bash; what they do not know is finished as a file.
_crease() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${all.map(({ name }) => name).join(" ")} --help --version" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _crease crease`;
}

function zsh(all: readonly Completed[]): string {
  const listed = all.map(({ name, summary }) => `    ${single(`${name}:${summary}`)}`);
  const cases = all.map(({ name, options, names }) => {
    const specs = Object.entries(options).map(([option, { kind, summary, isRepeated }]) => {
      const text = summary.replaceAll(/[[\]:] ?/g, " ");
      const value =
        kind.placeholder === undefined
          ? ""
          : `:value:${kind.choices === undefined ? "_files" : `(${kind.choices.join(" ")})`}`;
      return `        ${single(`${isRepeated ? "*" : ""}${typed(option)}[${text}]${value}`)}`;
    });
    const rest = names.length === 0 ? "_files" : `_alternative "names:name:(${names.join(" ")})" "files:file:_files"`;
    return [
      `    ${name})`,
      "      _arguments \\",
      ...specs.map((line) => `${line} \\`),
      `        ${single(`*:argument:{${rest}}`)} ;;`,
    ].join("\n");
  });
  return `#compdef crease
# Completions of crease for zsh.
_crease() {
  local -a commands options
  commands=(
${listed.join("\n")}
  )
  options=('--help:show the commands' '--version:show the version')
  if (( CURRENT == 2 )); then
    _describe command commands -- options
    return
  fi
  local name="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$name" in
${cases.join("\n")}
  esac
}
if [ "$funcstack[1]" = "_crease" ]; then _crease "$@"; else compdef _crease crease; fi`;
}

function fish(all: readonly Completed[]): string {
  const lines = ["# Completions of crease for fish; what they do not know is finished as a file."];
  lines.push(
    "complete -c crease -n __fish_use_subcommand -f -l help -d 'show the commands'",
    "complete -c crease -n __fish_use_subcommand -f -l version -d 'show the version'",
  );
  for (const { name, summary } of all)
    lines.push(`complete -c crease -n __fish_use_subcommand -f -a ${name} -d ${single(summary)}`);
  for (const { name, options, names } of all) {
    const here = `complete -c crease -n ${single(`__fish_seen_subcommand_from ${name}`)}`;
    if (names.length > 0) lines.push(`${here} -a ${single(names.join(" "))}`);
    for (const [option, { kind, summary }] of Object.entries(options)) {
      const value =
        kind.placeholder === undefined
          ? ""
          : kind.choices === undefined
            ? " -r"
            : ` -x -a ${single(kind.choices.join(" "))}`;
      lines.push(`${here} -l ${typed(option).slice(2)} -d ${single(summary)}${value}`);
    }
  }
  return lines.join("\n");
}

/** A word in single quotes for all three shells. */
function single(text: string): string {
  return `'${text.replaceAll("'", "’")}'`;
}
