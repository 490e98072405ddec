using System.Globalization;
using System.Text.RegularExpressions;
using Escapement.Boards.Wiring;

namespace Escapement.Boards.Tests.Wiring;

[TestClass]
public sealed class DrawingTests
{
    private static readonly GateCircuit Gate = GateCircuit.Own();

    public static IEnumerable<object[]> Boards => BoardLibrary.All.Select(board => new object[] { board.Id });

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void TheWiringShowsExactlyThePinsOfTheBoardFile(string id)
    {
        Board board = BoardLibrary.Find(id)!;
        Drawn drawn = Draw(board);
        CollectionAssert.AreEquivalent(
            board.Wired.Select(one => $"{one.Signal.Name} {one.Pin}").ToArray(),
            drawn.Groups("signal", "gpio").Select(group => $"{Drawn.Value(group, "signal")} {Drawn.Value(group, "gpio")}").ToArray());
        CollectionAssert.AreEquivalent(
            BoardSignal.All.Where(signal => board.Pin(signal.Name) is null).Select(signal => signal.Name).ToArray(),
            drawn.Groups("absent").Select(group => Drawn.Value(group, "absent")).ToArray());
        foreach (var group in drawn.Groups("signal", "ribbon"))
        {
            CollectionAssert.Contains(Drawn.Texts(group).ToArray(), "GPIO" + Drawn.Value(group, "gpio"), "the text says what the attribute says");
            Assert.AreEqual(Drawn.Value(group, "signal"), Gate.PinsOf("J1").Single(pin => pin.Number.ToString(CultureInfo.InvariantCulture) == Drawn.Value(group, "ribbon")).Name, "the ribbon pin of the net list");
        }
    }

    [TestMethod]
    public void AnotherPinInTheBoardFileIsAnotherPinInTheWiring()
    {
        Board board = BoardLibrary.Find("esp32-s3-devkitc-1")!;
        foreach (BoardSignal signal in BoardSignal.All)
        {
            int other = board.Pin(signal.Name) == 41 ? 42 : 41;
            Board moved = board with { Pins = board.Pins.ToDictionary(pin => pin.Key, pin => pin.Key == signal.Name ? other : pin.Value) };
            var before = Draw(board).Groups("signal", "gpio").Select(Key).ToHashSet();
            var after = Draw(moved).Groups("signal", "gpio").Select(Key).ToHashSet();
            after.ExceptWith(before);
            CollectionAssert.AreEqual(new[] { $"{signal.Name} {other}" }, after.ToArray(), signal.Name);
        }

        static string Key(System.Xml.Linq.XElement group) => $"{Drawn.Value(group, "signal")} {Drawn.Value(group, "gpio")}";
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void EveryPinOfTheWiringHasItsPlaceOnAHeader(string id)
    {
        Board board = BoardLibrary.Find(id)!;
        HeaderFile headers = HeaderFile.Of(id);
        foreach ((BoardSignal signal, int pin) in board.Wired) { Assert.AreNotEqual("", headers.Place(pin.ToString(CultureInfo.InvariantCulture)), signal.Name); }
        Assert.AreEqual("J1-8", HeaderFile.Of("esp32-s3-devkitc-1").Place("15"));
        Assert.AreEqual("J2-9", HeaderFile.Of("esp32-devkitc").Place("25"));
        Assert.AreEqual("", HeaderFile.Of("no-such-board").Place("15"), "a board without a header file is drawn by GPIO alone");
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void TheWiringShowsThePullDownsOfWhatCanStartSomething(string id)
    {
        string[] shown = [.. Draw(BoardLibrary.Find(id)!).Groups("pulldown").Select(group => Drawn.Value(group, "pulldown"))];
        CollectionAssert.IsSubsetOf(new[] { "R1", "R2", "R3", "R10", "R12", "R14", "R16", "R18" }, shown);
    }

    [TestMethod]
    public void TheCircuitShowsEveryPartEveryPinAndEveryNetAndNothingElse()
    {
        Drawn drawn = new(CircuitDrawing.Write(Gate));
        CollectionAssert.AreEquivalent(Gate.Parts.Select(part => part.Key).ToArray(), drawn.Groups("part").Select(group => Drawn.Value(group, "part")).ToArray());
        CollectionAssert.AreEquivalent(
            Gate.Parts.SelectMany(part => Gate.PinsOf(part.Key)).Select(pin => $"{pin} {Gate.NetOf(pin.ToString())}").ToArray(),
            drawn.Groups("pin", "net").Select(group => $"{Drawn.Value(group, "pin")} {Drawn.Value(group, "net")}").ToArray());
        foreach (var group in drawn.Groups("pin", "net"))
        {
            string net = Drawn.Value(group, "net");
            CollectionAssert.AreEqual(new[] { net.Length == 0 ? "open" : net }, Drawn.Texts(group).ToArray(), "the text says what the attribute says");
        }
    }

    [TestMethod]
    public void EveryDesignatorThatADrawingNamesIsAPartOfTheCircuit()
    {
        IEnumerable<string> drawings = BoardLibrary.All.Select(board => WiringDrawing.Write(board, Gate, HeaderFile.Of(board.Id))).Append(CircuitDrawing.Write(Gate));
        foreach (string text in drawings.SelectMany(svg => Drawn.Texts(new Drawn(svg).Root)))
        {
            foreach (Match name in Regex.Matches(text, @"(?<![-\w])(U|PS|RT|R|S)\d+[AB]?\b")) { Assert.IsTrue(Gate.Description.Parts.ContainsKey(name.Value), $"{name.Value} in '{text}'"); }
        }
    }

    [TestMethod]
    public void EveryDrawingHasTitleDescriptionAndOnlyTextThatFitsOnItAndOverlapsNoOther()
    {
        IEnumerable<string> drawings = BoardLibrary.All.Select(board => WiringDrawing.Write(board, Gate, HeaderFile.Of(board.Id))).Append(CircuitDrawing.Write(Gate));
        foreach (string svg in drawings)
        {
            Drawn drawn = new(svg);
            Assert.IsGreaterThan(10, drawn.Child("title")!.Length);
            Assert.IsGreaterThan(100, drawn.Child("desc")!.Length);
            var boxes = drawn.TextBoxes().ToList();
            foreach (var box in boxes)
            {
                Assert.IsTrue(box.Left >= 0 && box.Right <= drawn.Width && box.Y <= drawn.Height - 4, box.Text);
                var over = boxes.Where(other => other != box && Math.Abs(other.Y - box.Y) < 9 && other.Left < box.Right && box.Left < other.Right).Select(other => other.Text);
                Assert.AreEqual("", string.Join(" | ", over), box.Text);
            }
        }
    }

    private static Drawn Draw(Board board) => new(WiringDrawing.Write(board, Gate, HeaderFile.Of(board.Id)));
}
