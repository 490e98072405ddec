using System.CommandLine;
using Escapement.Simulation;

RootCommand root = new("Plays whole sessions on simulated boards, benches and hosts from seeds, and judges what the wires did.");
root.Subcommands.Add(Verbs.Run());
root.Subcommands.Add(Verbs.Replay());
ParseResult parsed = root.Parse(args);
int code = parsed.Invoke();
return parsed.Errors.Count > 0 ? 2 : code;
