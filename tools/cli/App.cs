using System.CommandLine;
using System.CommandLine.Parsing;
using Escapement.Host;
using Escapement.Virtual;

namespace Escapement.Cli;

/// <summary>The command `escapement`: parses, runs a verb, and turns everything that goes wrong into one sentence and an exit code.</summary>
public static class App
{
    public static int Run(string[] args, Streams streams)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(streams);
        int exitCode = Obey(args, streams);
        if (streams.OutFailure() is not { } why)
        {
            return exitCode;
        }

        streams.Complain($"standard output could not be written ({why}), so what it should say is lost; check the free space, or send it elsewhere.");
        return exitCode == ExitCode.Completed ? ExitCode.Usage : exitCode;
    }

    private static int Obey(string[] args, Streams streams)
    {
        try
        {
            RootCommand root = Root(streams);
            ParseResult parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                streams.Complain(UsageSentence(root, parsed));
                return ExitCode.Usage;
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = streams.Out, Error = streams.Error });
        }
        catch (InputException error)
        {
            streams.Complain(error.Message);
            return ExitCode.Usage;
        }
        catch (TransportException error)
        {
            streams.Complain(error.Message);
            return ExitCode.NoLink;
        }
        catch (VirtualBoardException error)
        {
            streams.Complain(error.Message);
            return ExitCode.Aborted;
        }
        catch (Exception error)
        {
            return Unexpected(streams, error);
        }
    }

    private static int Unexpected(Streams streams, Exception error)
    {
        if (Environment.GetEnvironmentVariable("ESCAPEMENT_TRACE") == "1")
        {
            streams.Error.WriteLine(error.ToString());
        }

        string what = error.Message.ReplaceLineEndings(" ").TrimEnd('.');
        streams.Complain($"something unexpected went wrong ({error.GetType().Name}: {what}); run again with ESCAPEMENT_TRACE=1 and report what it prints.");
        return ExitCode.Usage;
    }

    private static RootCommand Root(Streams streams)
    {
        var root = new RootCommand("Runs stimulation protocols on a trigger board, real or virtual. A bench instrument, not a medical device.")
        {
            ProtocolsVerb.Make(streams),
            PlanVerb.Make(streams),
            RunVerb.Make(streams),
            VirtualVerb.Make(streams),
            MonitorVerb.Make(streams),
            BoardsVerb.Make(streams),
            ImageVerb.Make(streams),
            FlashVerb.Make(streams),
            SelfTestVerb.Make(streams),
            GateTestVerb.Make(streams),
            DoctorVerb.Make(streams),
        };
        return root;
    }

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? Path(parent) + " " + command.Command.Name : "escapement";

    private static string UsageSentence(RootCommand root, ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string path = Path(parsed.CommandResult);
        string? stray = parsed.UnmatchedTokens.FirstOrDefault();
        if (stray is not null)
        {
            string[] known = stray.StartsWith('-') ? [.. command.Options.Select(option => option.Name)] : [.. command.Subcommands.Select(verb => verb.Name)];
            string kind = stray.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "verb" : "argument";
            return $"there is no {kind} '{stray}'{NearestName.Hint(stray, known)}; see '{path} --help'.";
        }

        if (command == root && parsed.Tokens.Count == 0)
        {
            return $"a verb is missing: {string.Join(", ", root.Subcommands.Select(verb => verb.Name))}; see '{path} --help'.";
        }

        if (command.Arguments.Count > 0 && parsed.Tokens.All(token => token.Type != TokenType.Argument))
        {
            return command.Arguments[0].Name == "protocol"
                ? $"'{path}' needs a protocol: an id of the library ('escapement protocols' lists them) or a protocol file; see '{path} --help'."
                : $"'{path}' needs something to work on. {command.Arguments[0].Description} See '{path} --help'.";
        }

        string message = parsed.Errors[0].Message.TrimEnd('.');
        return message.Contains(';', StringComparison.Ordinal) ? message + "." : $"{message}; see '{path} --help'.";
    }
}
