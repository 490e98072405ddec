using Escapement.Boards;
using Escapement.Boards.Wiring;

namespace Escapement.Fit.Boards;

/// <summary>Keeps what is generated from the board files in step with them.</summary>
public static class BoardsGenerator
{
    const string ProfilesFolder = "firmware/esp32/profiles";

    /// <summary>The verb `boards`: checks every board file and the gate's, then writes what follows from them, or only compares with --check. Returns the exit code.</summary>
    public static int Run(string root, bool check, TextWriter output, TextWriter error)
    {
        List<BoardFile> files = Directory.EnumerateFiles(Path.Combine(root, "boards"), "board.yml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(BoardFile.Load).ToList();
        IReadOnlyList<BoardProblem> problems = BoardCheck.Problems(files);
        foreach (BoardProblem problem in problems)
            error.WriteLine(problem);
        if (problems.Count > 0)
            return 1;

        List<Board> boards = files.Select(file => file.ToBoard()).OrderBy(board => board.Number).ToList();
        GateCircuit gate;
        try
        {
            gate = GateCircuit.Read(File.ReadAllText(Path.Combine(root, GateCircuit.Path)));
        }
        catch (FormatException problem)
        {
            error.WriteLine($"{GateCircuit.Path}: {problem.Message}");
            return 1;
        }
        IReadOnlyList<GeneratedFile> generated = [.. GeneratedFiles.Of(boards), .. WiringFiles.Of(boards, gate)];
        return check ? Compare(root, generated, error) : Write(root, generated, output);
    }

    static int Write(string root, IReadOnlyList<GeneratedFile> generated, TextWriter output)
    {
        int changed = 0;
        foreach (GeneratedFile file in generated.Where(file => !IsCurrent(root, file)))
        {
            string path = Path.Combine(root, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
            output.WriteLine("wrote " + file.Path);
            changed++;
        }
        foreach (string path in Leftover(root, generated))
        {
            File.Delete(Path.Combine(root, path));
            output.WriteLine("removed " + path);
            changed++;
        }
        output.WriteLine($"{generated.Count} files follow from the board files; {(changed == 0 ? "all were current" : $"{changed} changed")}.");
        return 0;
    }

    static int Compare(string root, IReadOnlyList<GeneratedFile> generated, TextWriter error)
    {
        List<string> stale = [.. generated.Where(file => !IsCurrent(root, file)).Select(file => file.Path), .. Leftover(root, generated)];
        foreach (string path in stale)
            error.WriteLine($"{path} does not fit the board files; run: dotnet run --project tools/fit -- boards");
        return stale.Count == 0 ? 0 : 1;
    }

    /// <summary>Profiles of boards that are gone.</summary>
    static IEnumerable<string> Leftover(string root, IReadOnlyList<GeneratedFile> generated)
    {
        string folder = Path.Combine(root, ProfilesFolder);
        return !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*.g.cs")
            .Select(path => ProfilesFolder + "/" + Path.GetFileName(path))
            .Where(path => generated.All(file => file.Path != path))
            .Order(StringComparer.Ordinal).ToList();
    }

    static bool IsCurrent(string root, GeneratedFile file)
    {
        string path = Path.Combine(root, file.Path);
        return File.Exists(path) && File.ReadAllText(path).Replace("\r\n", "\n") == file.Text;
    }
}
