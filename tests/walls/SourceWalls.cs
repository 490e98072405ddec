using System.Text.RegularExpressions;

namespace Escapement.Walls.Tests;

/// <summary>What a source file may name. Comments and quoted text do not count.</summary>
static partial class SourceWalls
{
    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|""(?:\\.|[^""\\\n])*""|'(?:\\.|[^'\\\n])*'", RegexOptions.Singleline)]
    private static partial Regex CommentOrQuote();

    [GeneratedRegex(@"\b(nanoFramework\s*\.|System\s*\.\s*(Device|IO)\b)")]
    private static partial Regex VendorName();

    [GeneratedRegex(@"\bnamespace\s+(nanoFramework\b|System\b)")]
    private static partial Regex VendorDeclaration();

    [GeneratedRegex(@"\b(Thread|Timer|DateTime|Stopwatch)\b|TickCount|\bSleep\s*\(|\bSystem\s*\.\s*Threading\b")]
    private static partial Regex Clock();

    /// <summary>File types that tools/chip has no stand-in for, or names that would go past its stand-in to the desktop's own disk.</summary>
    [GeneratedRegex(@"\bSystem\s*\.\s*IO\s*\.\s*(?!Ports\b|Hashing\b)\w+|\b(Directory|DirectoryInfo|DriveInfo|FileInfo|Path|StreamReader|StreamWriter)\b")]
    private static partial Regex DesktopFile();

    [GeneratedRegex(@"^\s*#\s*if\b", RegexOptions.Multiline)]
    private static partial Regex ConditionalCompilation();

    /// <summary>Declares the names of the board's test framework for the desktop; nothing else may.</summary>
    const string TestFrameworkShim = "tests/portable/desktop/TestFrameworkShim.cs";

    public static IEnumerable<string> Breaches(string path, string text)
    {
        string code = CommentOrQuote().Replace(text, match => new string('\n', match.Value.Count(c => c == '\n')));
        bool isFirmware = path.StartsWith("firmware/");
        if (isFirmware && ConditionalCompilation().Match(code) is { Success: true } directive)
            yield return $"{path}({Line(code, directive)}): #if: the same source runs on the board and on the desktop";
        if (isFirmware && !path.StartsWith("firmware/esp32/") && VendorName().Match(code) is { Success: true } vendor)
            yield return $"{path}({Line(code, vendor)}): {vendor.Value}: only firmware/esp32 names the vendor's types";
        if (isFirmware && path != "firmware/esp32/Pause.cs" && Clock().Match(code) is { Success: true } clock)
            yield return $"{path}({Line(code, clock)}): {clock.Value}: time, sleep and threads only in firmware/esp32/Pause.cs";
        if (path.StartsWith("firmware/esp32/") && DesktopFile().Match(code) is { Success: true } file)
            yield return $"{path}({Line(code, file)}): {file.Value}: of the vendor's files only File and FileStream, by their short names, mean the simulated flash on the desktop";
        if (!path.StartsWith("tools/chip/") && path != TestFrameworkShim && VendorDeclaration().Match(code) is { Success: true } declared)
            yield return $"{path}({Line(code, declared)}): {declared.Value}: only tools/chip declares the vendor's namespaces";
    }

    static int Line(string text, Match match) => text[..(match.Index + match.Value.Length)].Count(c => c == '\n') + 1;
}
