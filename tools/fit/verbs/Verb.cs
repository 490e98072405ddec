using System.CommandLine;

namespace Escapement.Fit.Verbs;

/// <summary>A verb of this tool is a function from repository root to exit code; these make the command around it.</summary>
public static class Verb
{
    public static Command Create(string name, string description, Func<string, int> run)
    {
        var rootOption = RootOption();
        var command = new Command(name, description) { rootOption };
        command.SetAction(parsed => run(Root(parsed.GetValue(rootOption))));
        return command;
    }

    /// <summary>For generators: <c>--check</c> compares instead of writing.</summary>
    public static Command CreateGenerator(string name, string description, Func<string, bool, int> run)
    {
        var rootOption = RootOption();
        var checkOption = new Option<bool>("--check") { Description = "Write nothing; exit 1 when a committed file differs." };
        var command = new Command(name, description) { rootOption, checkOption };
        command.SetAction(parsed => run(Root(parsed.GetValue(rootOption)), parsed.GetValue(checkOption)));
        return command;
    }

    internal static Option<DirectoryInfo?> RootOption()
    {
        var option = new Option<DirectoryInfo?>("--root") { Description = "The repository; without it the one this folder is in." };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<DirectoryInfo?>() is { } folder && !File.Exists(Path.Combine(folder.FullName, "nf.sln")))
                result.AddError($"{folder.FullName} holds no nf.sln; give the folder of the repository.");
        });
        return option;
    }

    internal static string Root(DirectoryInfo? given) => given?.FullName ?? RepositoryRoot.Find();
}
