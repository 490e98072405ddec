using System.Globalization;
using CsCheck;
using static Escapement.Boards.Tests.BoardText;

namespace Escapement.Boards.Tests;

/// <summary>Random pins on random chips: the verdict equals a second one that is written straight from the chip's table.</summary>
[TestClass]
public class PinPropertyTests
{
    private static readonly Gen<(Chip Chip, Module Module, string Port, int?[] Pins)> AnyWiring =
        from chip in OneOf(Chips.All.ToArray())
        from module in OneOf(chip.Modules.ToArray())
        from port in OneOf("COM1", "COM2")
        from pins in Gen.Frequency((8, Gen.Int[0, 48].Select(pin => (int?)pin)), (1, Gen.Const((int?)null))).Array[BoardSignal.All.Count]
        select (chip, module, port, pins);

    [TestMethod]
    public void Random_pins_are_judged_like_a_second_implementation_judges_them() => AnyWiring.Sample(
        wiring =>
        {
            var refused = Pins(Text(wiring)).Select(problem => problem.Field).Distinct().Order().ToList();
            var expected = Enumerable.Range(0, BoardSignal.All.Count).Where(index => IsBad(wiring, index)).Select(index => BoardSignal.All[index].Field).Order().ToList();
            CollectionAssert.AreEqual(expected, refused, Text(wiring));
        },
        iter: 3000);

    [TestMethod]
    public void One_pin_of_a_good_board_swapped_is_refused_exactly_when_the_second_implementation_says_so() =>
        Gen.Select(OneOf(BoardLibrary.All.ToArray()), Gen.Int[0, BoardSignal.All.Count - 1], Gen.Int[0, 48]).Sample(
            (board, index, pin) =>
            {
                var pins = BoardSignal.All.Select((signal, i) => i == index ? pin : board.Pin(signal.Name)).ToArray();
                Chip chip = Chips.Find(board.Chip)!;
                var wiring = (chip, chip.Modules.First(module => board.Modules.Contains(module.Name)), board.Link.Port, pins);
                bool anyBad = Enumerable.Range(0, pins.Length).Any(i => IsBad(wiring, i));
                string text = BoardText.Of(board.Id).With(BoardSignal.All[index].Field, pin.ToString(CultureInfo.InvariantCulture));
                return text.Problems().Count > 0 == anyBad;
            },
            iter: 3000);

    [TestMethod]
    public void All_pins_that_are_offered_together_make_a_board_without_a_pin_problem() => AnyWiring.Sample(
        wiring =>
        {
            string text = Text(wiring);
            IReadOnlyList<BoardProblem> problems = Pins(text);
            foreach (BoardProblem problem in problems)
            {
                BoardSignal signal = BoardSignal.All.Single(one => one.Field == problem.Field);
                text = problem.Offer() is { } pin ? text.With(problem.Field, pin.ToString(CultureInfo.InvariantCulture)) : signal.MayBeAbsent ? text.With(problem.Field, "absent") : text;
            }

            // What got no pin says which ones would do, or that none is known.
            var unplaced = problems.Where(problem => problem.Offer() is null).ToList();
            Assert.IsTrue(unplaced.All(problem => problem.Cure.StartsWith("none that would do is free", StringComparison.Ordinal) || problem.Cure.StartsWith("no pin of the", StringComparison.Ordinal)));
            var mustMove = unplaced.Where(problem => !BoardSignal.All.Single(one => one.Field == problem.Field).MayBeAbsent).Select(problem => problem.Field).ToHashSet();
            foreach (BoardProblem left in Pins(text))
            {
                Assert.IsTrue(mustMove.Contains(left.Field) || left.Why.Contains("is there already", StringComparison.Ordinal) && mustMove.Count > 0, $"{left}\n{text}");
            }
        },
        iter: 2000);

    private static IReadOnlyList<BoardProblem> Pins(string text) => [.. text.Problems().Where(problem => problem.Field.StartsWith("pins.", StringComparison.Ordinal))];

    private static string Text((Chip Chip, Module Module, string Port, int?[] Pins) wiring)
    {
        string text = BoardText.Of(BoardText.Reference).With("chip", wiring.Chip.Name).With("modules", $"[{wiring.Module.Name}]").With("link.port", wiring.Port);
        for (int i = 0; i < wiring.Pins.Length; i++)
        {
            text = text.With(BoardSignal.All[i].Field, wiring.Pins[i]?.ToString(CultureInfo.InvariantCulture) ?? "absent");
        }

        return text;
    }

    /// <summary>The second implementation: one signal at a time, no order of reasons, no messages.</summary>
    private static bool IsBad((Chip Chip, Module Module, string Port, int?[] Pins) wiring, int index)
    {
        (Chip chip, Module module, string port, int?[] pins) = wiring;
        string name = BoardSignal.All[index].Name;
        if (pins[index] is not { } pin)
        {
            return name is "trigger" or "enable" or "heartbeat" or "rawCounter" or "gatedCounter" or "gateReadBack" or "emergencyStopA" or "emergencyStopB" or "interlock" or "linkTransmit" or "linkReceive";
        }

        bool Is(PinRole role) => chip.Groups.Any(group => group.Role == role && group.Pins.Contains(pin));
        bool bridged = port == "COM1" && chip.Name != "ESP32";
        int? own = !bridged ? null : name == "linkTransmit" ? chip.ComOne.Transmit : name == "linkReceive" ? chip.ComOne.Receive : null;
        bool drives = name is "trigger" or "enable" or "heartbeat";
        bool output = drives || name is "lamp" or "linkTransmit";
        return pins.Take(index).Contains(pin)
            || !chip.Existing.Value.Contains(pin)
            || module.NotBroughtOut.Contains(pin)
            || Is(PinRole.Strapping)
            || Is(PinRole.Flash)
            || Is(PinRole.Usb)
            || (Is(PinRole.OctalMemory) && module.Psram == Psram.Octal)
            || (Is(PinRole.QuadMemory) && module.Psram == Psram.Quad)
            || (Is(PinRole.Uart0) && pin != own)
            || (own is not null && pin != own)
            || (Is(PinRole.InputOnly) && output)
            || (Is(PinRole.DippingInput) && name != "temperature")
            || (drives && !chip.QuietAtReset.Value.Contains(pin))
            || (name == "temperature" && !chip.Adc1.Value.Contains(pin));
    }
}
