using CsCheck;
using static Escapement.Boards.Tests.BoardText;

namespace Escapement.Boards.Tests;

/// <summary>The form of a board file: every field known, given once, of its kind.</summary>
[TestClass]
public class FormTests
{
    [TestMethod]
    public void Every_field_is_required()
    {
        foreach (BoardField field in BoardField.All)
        {
            IReadOnlyList<BoardProblem> problems = BoardText.Of(BoardText.Reference).With(field.Path, null).Problems();
            Assert.HasCount(1, problems, string.Join('\n', problems));

            // A section that lost its only field is no section any more.
            Assert.IsTrue(problems[0].Field == field.Path || problems[0].Field == field.Path.Split('.')[0], problems[0].ToString());
        }
    }

    [TestMethod]
    public void A_number_out_of_its_range_or_not_a_number_is_refused()
    {
        foreach (BoardField field in BoardField.All.Where(field => field.Form == FieldForm.Number))
        {
            foreach (string value in new[] { $"{field.Least - 1}", $"{field.Most + 1}", "many", "1.5", "[1]", "''", "99999999999999999999", "0xZZ" })
            {
                string text = BoardText.Of(BoardText.Reference).With(field.Path, value);
                Assert.IsTrue(text.Problems().Any(problem => problem.Field == field.Path && problem.At == text.PlaceOf(field.Path) && problem.Cure.Contains($"from {field.Least} to {field.Most}", StringComparison.Ordinal)), $"{field.Path}: {value}");
            }
        }
    }

    [TestMethod]
    [DataRow("reference", "maybe", "true or false")]
    [DataRow("name", "''", "1 to 300 characters on one line")]
    [DataRow("name", "\"two\\nlines\"", "1 to 300 characters on one line")]
    [DataRow("name", "[a]", "1 to 300 characters")]
    [DataRow("modules", "ESP32-S3-WROOM-1-N8R8", "a list")]
    [DataRow("modules", "[]", "a list")]
    [DataRow("link.flowControl", "rts", "give none")]
    [DataRow("stimulator.polarity", "both", "rising or falling")]
    [DataRow("pins.lamp", "49", "0 to 48, or absent")]
    [DataRow("pins.lamp", "-1", "0 to 48, or absent")]
    [DataRow("pins.lamp", "none", "0 to 48, or absent")]
    [DataRow("name", "!!int 5", "1 to 300 characters")]
    [DataRow("name", "&again Board", "1 to 300 characters")]
    public void A_value_of_another_kind_is_refused_with_what_to_give(string field, string value, string cure) =>
        Assert.Contains(cure, BoardText.Of(BoardText.Reference).With(field, value).Problems().Single().Cure);

    [TestMethod]
    public void An_unknown_field_is_refused_with_the_ones_that_exist()
    {
        string text = BoardText.Of(BoardText.Reference).Replace("  key: 10", "  key: 10\n  kye: 14", StringComparison.Ordinal);
        BoardProblem problem = text.Problems().Single();
        Assert.AreEqual("pins.kye", problem.Field);
        Assert.Contains("there is no field", problem.What);
        Assert.Contains("key", problem.Cure);
        Assert.AreEqual(3, problem.At.Column);
    }

    [TestMethod]
    public void A_field_that_is_given_twice_is_refused_with_the_first_ones_line()
    {
        string text = BoardText.Of(BoardText.Reference) + "number: 4\n";
        BoardProblem problem = text.Problems().Single();
        Assert.AreEqual("number", problem.Field);
        Assert.Contains($"line {text.PlaceOf("number").Line} already", problem.Why);
    }

    [TestMethod]
    public void A_section_that_is_missing_is_one_problem()
    {
        string text = BoardText.Of(BoardText.Reference).Replace("stimulator:", "stimulus:", StringComparison.Ordinal);
        CollectionAssert.AreEqual(new[] { "stimulator", "stimulus" }, text.Problems().Select(problem => problem.Field).ToArray());
        CollectionAssert.AreEqual(new[] { "counters" }, BoardText.Of(BoardText.Reference).Replace("counters:\n  units: 3", "counters: 2", StringComparison.Ordinal).Problems().Select(problem => problem.Field).ToArray());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("# nothing\n")]
    [DataRow("just text")]
    [DataRow("- a\n- b\n")]
    [DataRow("a: [1, 2")]
    [DataRow("a: 1\n b: 2\n")]
    [DataRow("a: *b\n")]
    [DataRow("--- {}\n--- {}\n")]
    public void What_is_no_board_file_is_refused_and_nothing_else_is_said_of_its_content(string text) => Assert.IsNotEmpty(text.Problems());

    [TestMethod]
    public void A_file_that_is_too_long_is_refused() => Assert.Contains("too long", new string('#', BoardFile.MaxBytes + 1).Problems().Single().What);

    [TestMethod]
    public void A_file_with_problems_of_form_is_no_board() =>
        Assert.ThrowsExactly<InvalidOperationException>(() => BoardFile.Parse("x", "id: x\n").ToBoard());

    [TestMethod]
    public void Any_damage_to_a_file_is_met_with_problems_inside_it_and_never_with_an_exception() =>
        Gen.Select(OneOf(BoardText.Reference, BoardText.Classic), Gen.Int[0, 3000], Gen.Int[0, 40], Gen.String[OneOf(":-[]{}&*!#'\"\n \t%@`,?|>0a\u00e4".ToCharArray()), 0, 6]).Sample(
            (id, at, length, put) =>
            {
                string text = BoardText.Of(id);
                at = Math.Min(at, text.Length);
                text = text[..at] + put + text[Math.Min(at + length, text.Length)..];
                int lines = text.Split('\n').Length;
                return text.Problems().All(problem => problem.At.Line >= 1 && problem.At.Line <= lines + 1 && problem.At.Column >= 1 && problem.What.Length > 0 && problem.Why.Length > 0 && problem.Cure.Length > 0);
            },
            iter: 2000);
}
