using System.Buffers.Binary;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Escapement.Link;

namespace Escapement.Host;

/// <summary>
/// Writes the record of one session into a folder (docs/session-records.md). Everything is written beside its name with the
/// ending .part and gets its name at the end, session.json last: a folder with a session.json holds a whole record.
/// </summary>
public sealed class SessionRecord : ISessionObserver, ILinkTap, IDisposable
{
    /// <summary>Verdict and figures.</summary>
    public const string SessionFile = "session.json";

    /// <summary>What happened, one JSON object a line.</summary>
    public const string EventsFile = "events.jsonl";

    /// <summary>The referee's edges.</summary>
    public const string EdgesFile = "edges.csv";

    /// <summary>Every byte of the link.</summary>
    public const string WireFile = "wire.bin";

    /// <summary>The register map.</summary>
    public const string DeviceFile = "device.yml";

    private const string Part = ".part";
    private const long StatusEveryUs = 1_000_000;
    private const int HeaderBytes = 11;

    private readonly List<string> madeFolders;
    private readonly Dictionary<string, Stream> open = [];
    private readonly Dictionary<int, (Stream Stream, int Length)> registers = [];
    private readonly Utf8JsonWriter line;
    private readonly Stream events;
    private readonly Stream wire;
    private readonly byte[] header = new byte[HeaderBytes];
    private BoardStatus? shown;
    private long shownAtUs;
    private bool isClosed;

    private SessionRecord(string folder, List<string> madeFolders)
    {
        Folder = folder;
        this.madeFolders = madeFolders;

        // First of all, and shared with nobody: of two sessions that begin in one folder, the second finds it taken.
        wire = Open(WireFile, FileShare.None);
        events = Open(EventsFile);
        line = new Utf8JsonWriter(events, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Called once, with a few words, when the folder cannot be written to any more: a session without its record should not go on.</summary>
    public Action<string>? Broken { get; set; }

    /// <summary>Whether the folder could not be written to at some time.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Makes the folder if need be and begins a record in it.</summary>
    /// <exception cref="InputException">It cannot be written to, or holds a session already; nothing is changed.</exception>
    public static SessionRecord Begin(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
        {
            throw new InputException("--out: the name of the record's folder is empty; name a folder.");
        }

        if (File.Exists(folder))
        {
            throw new InputException($"{folder}: this is a file; name a folder for the record.");
        }

        List<string> made = [];
        try
        {
            if (Taken(folder) is { } there)
            {
                throw new InputException($"{folder}: the folder holds a session already ({there}); name another folder, records are never overwritten.");
            }

            made = Missing(folder);
            Directory.CreateDirectory(folder);
            return new SessionRecord(folder, made);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            RemoveEmpty(made);
            throw new InputException($"{folder}: the record cannot be written there; check that no other session records there, the folder's permissions and the free space, or name another folder.", e);
        }
    }

    /// <summary>The first file there that a record would have to overwrite; null when there is none.</summary>
    private static string? Taken(string folder)
    {
        string[] ours = [SessionFile, EventsFile, WireFile, EdgesFile, DeviceFile];
        return Array.Find(ours, name => File.Exists(Path.Combine(folder, name)))
            ?? (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "Escapement_*.bin").Select(Path.GetFileName).FirstOrDefault() : null);
    }

    /// <summary>The folders of a path that do not exist yet, innermost first.</summary>
    private static List<string> Missing(string folder)
    {
        var missing = new List<string>();
        for (string? one = Path.GetFullPath(folder); one is not null && !Directory.Exists(one); one = Path.GetDirectoryName(one))
        {
            missing.Add(one);
        }

        return missing;
    }

    private static void RemoveEmpty(List<string> folders)
    {
        try
        {
            folders.ForEach(Directory.Delete);
        }
        catch (Exception e) when (IsLoss(e))
        {
            // Not there, or somebody else uses it by now.
        }
    }

    /// <inheritdoc/>
    public void OnEvent(SessionEvent happened)
    {
        if (happened is StatusEvent status && !IsWorthALine(status))
        {
            return;
        }

        Guard(() =>
        {
            RecordJson.Event(line, happened);
            line.Flush();
            line.Reset();
            events.WriteByte((byte)'\n');
        });
    }

    /// <inheritdoc/>
    public void OnBytes(long hostUs, bool toBoard, ReadOnlySpan<byte> bytes)
    {
        try
        {
            Put(hostUs, toBoard, bytes);
        }
        catch (Exception e) when (IsLoss(e))
        {
            Break();
        }
    }

    private void Put(long hostUs, bool toBoard, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> now = bytes[..Math.Min(bytes.Length, ushort.MaxValue)];
            BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)hostUs);
            header[8] = toBoard ? (byte)0 : (byte)1;
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(9), (ushort)now.Length);
            wire.Write(header);
            wire.Write(now);
            bytes = bytes[now.Length..];
        }
    }

    /// <inheritdoc/>
    public void OnMessage(long hostUs, HarpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.HasTimestamp && !message.IsError)
        {
            Guard(() => Put(message));
        }
    }

    private void Put(HarpMessage message)
    {
        if (!registers.TryGetValue(message.Address, out (Stream Stream, int Length) register))
        {
            if (message.Frame.Length != LengthOf(message.Address, message.Frame.Length))
            {
                return;
            }

            register = (Open(string.Create(CultureInfo.InvariantCulture, $"Escapement_{message.Address}.bin")), message.Frame.Length);
            registers.Add(message.Address, register);
        }

        if (message.Frame.Length == register.Length)
        {
            register.Stream.Write(message.Frame);
        }
    }

    /// <summary>Adds a file of the caller's, such as the referee's edges.</summary>
    /// <exception cref="InputException">The folder cannot be written to any more.</exception>
    public void Add(string name, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            write(Open(name));
        }
        catch (Exception e) when (IsLoss(e))
        {
            throw Unfinished(e);
        }
    }

    /// <summary>Ends the record: every file gets its name, session.json last.</summary>
    /// <exception cref="InputException">The folder cannot be written to any more.</exception>
    public void Complete(SessionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        try
        {
            if (IsBroken)
            {
                throw new IOException("A part of it was lost on the way.");
            }

            Add(DeviceFile, stream => stream.Write(DeviceInterface.Yaml));
            Close();
            foreach (string name in open.Keys)
            {
                File.Move(Path.Combine(Folder, name + Part), Path.Combine(Folder, name));
            }

            string session = Path.Combine(Folder, SessionFile);
            File.WriteAllText(session + Part, (report with { Record = Folder }).ToJson(full: true, indented: true) + "\n");
            File.Move(session + Part, session);
        }
        catch (Exception e) when (IsLoss(e))
        {
            throw Unfinished(e);
        }
    }

    private InputException Unfinished(Exception cause) =>
        new($"{Folder}: the record could not be finished; check the folder's permissions and the free space. What there is of it ends in {Part}.", cause);

    /// <summary>Removes what was written and the folders that were made for this record: there was no session to record.</summary>
    public void Discard()
    {
        Guard(Close);
        try
        {
            foreach (string name in open.Keys)
            {
                File.Delete(Path.Combine(Folder, name + Part));
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // What is left has the ending .part and no session.json beside it, so nobody takes it for a record.
        }

        RemoveEmpty(madeFolders);
    }

    /// <summary>Closes the files.</summary>
    public void Dispose() => Guard(Close);

    private static bool IsLoss(Exception error) => error is IOException or UnauthorizedAccessException;

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (IsLoss(e))
        {
            Break();
        }
    }

    private void Break()
    {
        if (!IsBroken)
        {
            IsBroken = true;
            Broken?.Invoke("the record cannot be written any more");
        }
    }

    private static int LengthOf(int address, int otherwise) =>
        RegisterTable.Exists(address) ? HarpFrame.TimestampedOverhead + RegisterTable.BytesOf(address) : otherwise;

    private bool IsWorthALine(StatusEvent status)
    {
        BoardStatus now = status.Status;
        bool changed = shown is null || shown.State != now.State || shown.Inhibits != now.Inhibits || shown.Faults != now.Faults
            || shown.TransactionsBegun != now.TransactionsBegun || shown.GateOpen != now.GateOpen;
        if (!changed && status.HostUs - shownAtUs < StatusEveryUs)
        {
            return false;
        }

        shown = now;
        shownAtUs = status.HostUs;
        return true;
    }

    private Stream Open(string name, FileShare share = FileShare.Read)
    {
        var stream = new FileStream(Path.Combine(Folder, name + Part), FileMode.Create, FileAccess.Write, share, 1 << 16);
        open[name] = stream;
        return stream;
    }

    private void Close()
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        Exception? loss = null;
        foreach (IDisposable one in open.Values.Prepend<IDisposable>(line))
        {
            try
            {
                one.Dispose();
            }
            catch (Exception e) when (IsLoss(e))
            {
                // The others are closed all the same.
                loss ??= e;
            }
        }

        if (loss is not null)
        {
            throw new IOException(loss.Message, loss);
        }
    }
}
