using System.CommandLine;
using Escapement.Fit.Verbs;

var root = new RootCommand("Proves that the firmware fits the board, and generates what must stay in step with it.");
root.Subcommands.Add(Verb.Create("check", "Compile every firmware room for the board and prove its IL.", CheckVerb.Run));
return root.Parse(args).Invoke();
