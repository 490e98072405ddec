using System.CommandLine;
using Escapement.Fit.Boards;
using Escapement.Fit.Registers;
using Escapement.Fit.Verbs;

var root = new RootCommand("Proves that the firmware fits the board, and generates what must stay in step with it.");
root.Subcommands.Add(CheckVerb.Create());
root.Subcommands.Add(Verb.CreateGenerator("registers", "Write Registers.g.cs and docs/registers.md from device.yml.",
    (folder, check) => RegisterGenerator.Run(folder, check, Console.Out, Console.Error)));
root.Subcommands.Add(Verb.CreateGenerator("boards", "Write what follows from boards/*/board.yml and boards/gate/gate.yml: the firmware's profiles, drawings, tables and the simulated bench's figures.",
    (folder, check) => BoardsGenerator.Run(folder, check, Console.Out, Console.Error)));
return root.Parse(args).Invoke();
