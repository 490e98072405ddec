using System.Globalization;
using System.Text;

namespace Escapement.Host;

/// <summary>The planned onsets as comma-separated values.</summary>
public static class EdgesFile
{
    /// <summary>First line of the file.</summary>
    public const string Header = "index,onset_ns";

    /// <summary>Writes every onset on the board's tick of one microsecond, in nanoseconds from the first.</summary>
    /// <exception cref="InputException">The protocol cannot be played or the file cannot be written.</exception>
    public static void Write(string path, Protocol protocol)
    {
        var schedule = new ExactSchedule(protocol);
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(Header);
            foreach (var pulse in schedule.Pulses())
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pulse.Index},{pulse.TickUs * 1000}"));
            }
        });
    }
}
