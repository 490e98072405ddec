return Escapement.Cli.App.Run(args, Escapement.Cli.Streams.OfConsole());
