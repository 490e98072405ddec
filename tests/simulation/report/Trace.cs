using System.Globalization;

namespace Escapement.Simulation;

/// <summary>A recording as lines that a person can read.</summary>
public static class Trace
{
    private static readonly string[] States = ["Boot", "SelfTest", "Idle", "Loaded", "Armed", "Running", "Held", "Done", "Fault", "EmergencyStop"];

    private static readonly Dictionary<int, string> Registers = typeof(Link.RegisterAddress).GetFields()
        .Where(field => field.IsLiteral).GroupBy(field => Convert.ToInt32(field.GetRawConstantValue(), CultureInfo.InvariantCulture)).ToDictionary(group => group.Key, group => group.First().Name);

    /// <summary>Everything in the order of time; heartbeats left out.</summary>
    /// <param name="recording">What was recorded.</param>
    /// <param name="fromUs">From this time on, in microseconds.</param>
    /// <param name="untilUs">Until this time, in microseconds.</param>
    public static IEnumerable<string> Lines(Recording recording, long fromUs = 0, long untilUs = long.MaxValue)
    {
        IEnumerable<(long T80, string Text)> edges = recording.Edges
            .Where(edge => edge.Wire != Wire.Heartbeat)
            .Select(edge => (edge.T80, $"wire  {edge.Wire} {(edge.Level ? "high" : "low")}"));
        IEnumerable<(long T80, string Text)> claims = recording.Claims.Select(claim => (claim.AtUs * 80, $"host  records {(claim.Completed ? "completed" : "not completed")}, {claim.Pulses} pulses"));
        return edges.Concat(Frames(recording)).Concat(claims)
            .Where(one => one.T80 >= fromUs * 80 && (untilUs == long.MaxValue || one.T80 <= untilUs * 80))
            .OrderBy(one => one.T80)
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.T80 / 80.0,14:0.0} us  {one.Text}"));
    }

    private static IEnumerable<(long T80, string Text)> Frames(Recording recording)
    {
        FrameScanner toBoard = new(true);
        FrameScanner fromBoard = new(false);
        foreach (LinkBytes bytes in recording.Link)
        {
            foreach (LinkFrame frame in (bytes.ToBoard ? toBoard : fromBoard).Feed(bytes.Bytes, bytes.AtUs)) { yield return (frame.AtUs * 80, Text(frame)); }
        }
    }

    private static string Text(LinkFrame frame)
    {
        string register = Registers.GetValueOrDefault(frame.Address, frame.Address.ToString(CultureInfo.InvariantCulture));
        string kind = (frame.Kind & 7) switch { 1 => "read", 2 => "write", 3 => "event", _ => "?" };
        return $"{(frame.ToBoard ? "host >" : "board>")} {kind}{((frame.Kind & 8) != 0 ? " error" : "")} {register} {Content(frame)}";
    }

    private static string Content(LinkFrame frame) => frame.Address switch
    {
        Reg.Status when frame.Payload.Length == 64 => $"{State((int)(frame.U64(1) & 0xFF))}, board {frame.U64(0)} us, raw {frame.U64(2)}, gated {frame.U64(3)}, planned {frame.U64(4)}, reasons {(uint)frame.U64(7):x}, faults {(ulong)frame.U64(7) >> 32:x}",
        Reg.State when frame.Payload.Length == 1 => State(frame.Payload[0]),
        >= Reg.Lease when frame.Payload.Length == 48 => $"sequence {frame.U32(1)}, nonce {frame.U32(2):x}, {frame.U32(3)}, {frame.U32(4)}, {frame.U32(5)}, {frame.U32(6)}, issued {frame.U32(9)}",
        _ when frame.Type == 4 => string.Join(' ', Enumerable.Range(0, frame.Payload.Length / 4).Select(i => frame.U32(i).ToString("x", CultureInfo.InvariantCulture))),
        _ => Convert.ToHexString(frame.Payload),
    };

    private static string State(int state) => state >= 0 && state < States.Length ? States[state] : "state " + state.ToString(CultureInfo.InvariantCulture);
}
