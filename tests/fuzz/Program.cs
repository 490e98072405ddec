using System.CommandLine;
using Escapement.Fuzz;

RootCommand root = new("Random and mutated inputs for frame parser, registers, commands and program verifier, with properties that must hold.");
root.Subcommands.Add(Verbs.Run());
root.Subcommands.Add(Verbs.Replay());
ParseResult parsed = root.Parse(args);
int code = parsed.Invoke();
return parsed.Errors.Count > 0 ? 2 : code;
