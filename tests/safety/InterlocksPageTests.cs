using System.Globalization;
using System.Text.RegularExpressions;
using static Escapement.Safety.Tests.Bench;

namespace Escapement.Safety.Tests;

/// <summary>The tables of docs/interlocks.md are those of the code.</summary>
[TestClass]
public partial class InterlocksPageTests
{
    private static readonly string page = Path.Combine(Root(), "docs", "interlocks.md");

    [GeneratedRegex("(<!-- table (?<name>[a-z]+) -->\n)(?<rows>.*?)(?=<!-- end -->)", RegexOptions.Singleline)]
    private static partial Regex Marks();

    private static string Table(string head, IEnumerable<string> rows)
    {
        var rule = string.Concat(Enumerable.Repeat("|---", head.Split('|').Length - 2)) + "|";
        return string.Join('\n', new[] { head, rule }.Concat(rows)) + "\n";
    }

    private static string States(int mask) => mask == StateTable.All ? "all" : string.Join(", ", Enumerable.Range(0, StateTable.Count).Where(state => (mask & StateTable.Bit(state)) != 0).Select(StateTable.Name));

    private static IEnumerable<string> Bits(int count, Func<int, SafetyEntry> at, Func<string, string> test)
        => Enumerable.Range(0, count).Select(at).Select((row, bit) => $"| {bit} | {row.Name} | {row.Severity} | {States(row.States)} | {row.Sentence} | {row.Cure} | {test(row.Name)} |");

    private static IEnumerable<string> LimitRows()
    {
        var limits = Ceilings();
        string Figure(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
        yield return $"| MinGapUs | at least {Figure(limits.MinGapUs)} us | from one onset to the next | Limits |";
        yield return $"| MinWidthUs | at least {Figure(limits.MinWidthUs)} us | width of a pulse on the trigger line | FurtherLimits |";
        yield return $"| MaxWidthUs | at most {Figure(limits.MaxWidthUs)} us | width of a pulse on the trigger line | FurtherLimits |";
        yield return $"| MaxTrainPulses | at most {Figure(limits.MaxTrainPulses)} | pulses of one transaction | Limits |";
        yield return $"| MaxSessionPulses | at most {Figure(limits.MaxSessionPulses)} | pulses of one session | Limits |";
        yield return $"| MaxSessionS | at most {Figure(limits.MaxSessionS)} s | first to last onset of a session, holds included | FurtherLimits |";
        yield return $"| Window1Pulses | at most {Figure(limits.Window1Pulses)} | pulses in any {Figure(limits.Window1Us)} us | Limits |";
        yield return $"| Window2Pulses | at most {Figure(limits.Window2Pulses)} | pulses in any {Figure(limits.Window2Us)} us | Limits |";
        yield return $"| Window3Pulses | at most {Figure(limits.Window3Pulses)} | pulses in any {Figure(limits.Window3Us)} us | Limits |";
        yield return $"| MaxHourPulses | at most {Figure(limits.MaxHourPulses)} | pulses charged to an hour, across sessions and power-off | FurtherLimits |";
        yield return $"| MaxHighUs | at most {Figure(limits.MaxHighUs)} us | duty: high time of the trigger line in any {Figure(limits.Window2Us)} us | FurtherLimits |";
    }

    private static Dictionary<string, string> Tables() => new()
    {
        ["states"] = Table("| number | state | meaning |", Enumerable.Range(0, StateTable.Count).Select(state => $"| {state} | {StateTable.Name(state)} | {StateTable.Sentence(state)} |")),
        ["transitions"] = Table("| from | to |", Enumerable.Range(0, StateTable.Count).Select(from =>
            $"| {StateTable.Name(from)} | {string.Join(", ", Enumerable.Range(0, StateTable.Count).Where(to => StateTable.Allows(from, to)).Select(StateTable.Name))} |")),
        ["reasons"] = Table("| bit | reason | severity | forbids | what is the matter | what to do | test |", Bits(InhibitTable.Count, InhibitTable.At, TestOfBit.OfReason)),
        ["faults"] = Table("| bit | fault | severity | latches in | what is the matter | what to do | test |", Bits(FaultTable.Count, FaultTable.At, TestOfBit.OfFault)),
        ["limits"] = Table("| limit | ceiling | of what | tightened by command |", LimitRows()),
        ["verdicts"] = Table("| number | verdict | severity | what is the matter | what to do |", Enumerable.Range(1, GuardTable.Count - 1).Select(GuardTable.At)
            .Select(row => $"| {row.Code} | {row.Name} | {row.Severity} | {row.Sentence} | {row.Cure} |")),
    };

    [TestMethod]
    public void Every_table_of_the_page_is_that_of_the_code()
    {
        var tables = Tables();
        var text = File.ReadAllText(page);
        if (Environment.GetEnvironmentVariable("ESCAPEMENT_UPDATE_DOCS") == "1")
        {
            text = Marks().Replace(text, mark => mark.Groups[1].Value + tables[mark.Groups["name"].Value]);
            File.WriteAllText(page, text);
        }

        var found = Marks().Matches(text).ToDictionary(mark => mark.Groups["name"].Value, mark => mark.Groups["rows"].Value);
        CollectionAssert.AreEquivalent(tables.Keys.ToList(), found.Keys.ToList());
        foreach (var (name, table) in tables)
        {
            Assert.AreEqual(table, found[name], $"Table '{name}' of docs/interlocks.md; see the head of the page.");
        }
    }

    [TestMethod]
    public void Every_test_that_the_page_names_is_in_the_sources_and_names_its_bit()
    {
        foreach (var (test, code) in TestOfBit.Closer.Append((TestOfBit.ReasonWalk, "InhibitTable")).Append((TestOfBit.FaultWalk, "FaultTable")))
        {
            var parts = test.Split('.');
            var source = File.ReadAllText(Path.Combine(Root(), "tests", "runtime", parts[0] + ".cs"));
            var found = Regex.Match(source, $@"\[TestMethod\]\s+(\[[^\n]*\]\s+)*public void {parts[1]}\(.*?(?=\[TestMethod\]|\z)", RegexOptions.Singleline);
            Assert.IsTrue(found.Success, $"{test} is no test any more; name another in TestOfBit.");
            Assert.IsTrue(Regex.IsMatch(found.Value, Regex.Escape(code) + @"\b"), $"{test} says nothing of {code}; name another in TestOfBit.");
        }
    }

    [TestMethod]
    public void No_test_is_named_for_a_reason_or_a_fault_that_does_not_exist()
    {
        CollectionAssert.IsSubsetOf(TestOfBit.NamedReasons.ToList(), Enumerable.Range(0, InhibitTable.Count).Select(bit => InhibitTable.At(bit).Name).ToList());
        CollectionAssert.IsSubsetOf(TestOfBit.NamedFaults.ToList(), Enumerable.Range(0, FaultTable.Count).Select(bit => FaultTable.At(bit).Name).ToList());
    }
}
