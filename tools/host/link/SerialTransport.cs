using System.IO.Ports;

namespace Escapement.Host;

/// <summary>A board behind a serial port: 1,000,000 baud, 8N1, with DTR and RTS kept low (they drive the reset circuit of many boards).</summary>
public sealed class SerialTransport : ITransport
{
    /// <summary>The rate of the line in baud.</summary>
    public const int Baud = 1_000_000;

    private readonly SerialPort port;

    private SerialTransport(SerialPort port)
    {
        this.port = port;
    }

    /// <inheritdoc/>
    public string Name => port.PortName;

    /// <summary>Opens a port by its name.</summary>
    /// <exception cref="TransportException">It is not there, in use, or not allowed; the message says what to do.</exception>
    public static SerialTransport Open(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!OperatingSystem.IsWindows() && Directory.Exists(name))
        {
            throw new TransportException($"'{name}' is a directory, not a serial port; {Advice(name)}");
        }

        var port = new SerialPort(name, Baud, Parity.None, 8, StopBits.One) { ReadBufferSize = 65536, WriteTimeout = 1000 };
        try
        {
            port.Open();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or PlatformNotSupportedException)
        {
            port.Dispose();
            throw new TransportException(Explain(name, error), error);
        }

        KeepLow(port);
        return new SerialTransport(port);
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer)
    {
        try
        {
            int there = Waiting();
            return there == 0 ? 0 : port.BaseStream.Read(buffer[..Math.Min(there, buffer.Length)]);
        }
        catch (Exception error) when (IsLoss(error))
        {
            throw Lost(error);
        }
    }

    // Of a port that has hung up, .NET says on Unix that a negative number of bytes waits.
    private int Waiting() => port.BytesToRead is >= 0 and var there ? there : throw new IOException("the port has hung up");

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            port.BaseStream.Write(bytes);
        }
        catch (Exception error) when (IsLoss(error))
        {
            throw Lost(error);
        }
    }

    /// <inheritdoc/>
    public bool WaitReadable(TimeSpan atMost)
    {
        // The portable call that waits for bytes also takes one; asking in steps of a millisecond costs less than it saves.
        long end = Environment.TickCount64 + (long)atMost.TotalMilliseconds;
        try
        {
            while (Waiting() == 0)
            {
                if (Environment.TickCount64 >= end)
                {
                    return false;
                }

                Thread.Sleep(1);
            }

            return true;
        }
        catch (Exception error) when (IsLoss(error))
        {
            throw Lost(error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            port.Dispose();
        }
        catch (IOException)
        {
            // A port that was pulled out cannot be closed properly; it is gone all the same.
        }
    }

    /// <summary>The names of the serial ports of this machine, sorted.</summary>
    public static string[] PortNames()
    {
        try
        {
            string[] names = SerialPort.GetPortNames();
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            return [];
        }
    }

    private static void KeepLow(SerialPort port)
    {
        try
        {
            // RTS first: RTS alone asserted is what holds an auto-reset circuit in reset.
            port.RtsEnable = false;
            port.DtrEnable = false;
        }
        catch (IOException)
        {
            // A pseudo-terminal has no such lines.
        }
    }

    private static string Explain(string name, Exception error)
    {
        // .NET wraps what the system said, and calls most of it "access denied".
        string said = (error.InnerException ?? error).Message;
        bool isPath = !OperatingSystem.IsWindows();
        if ((isPath && !File.Exists(name)) || error is FileNotFoundException or DirectoryNotFoundException || said.Contains("No such", StringComparison.OrdinalIgnoreCase))
        {
            return $"There is no serial port '{name}'; {Advice(name)}";
        }

        if (said.Contains("busy", StringComparison.OrdinalIgnoreCase) || (!isPath && error is UnauthorizedAccessException))
        {
            return $"The serial port '{name}' is in use by another program; close that program and try again.";
        }

        return said.Contains("denied", StringComparison.OrdinalIgnoreCase) && isPath && said.Contains("ermission", StringComparison.Ordinal)
            ? $"This user may not open '{name}'; add the user to the group dialout (sudo usermod -aG dialout $USER) and log in again."
            : $"'{name}' is not a serial port that can be opened ({FirstLine(said)}); {Advice(name)}";
    }

    private static string Advice(string name)
    {
        string[] ports = PortNames();
        if (ports.Length == 0)
        {
            return "no serial port was found on this machine, so connect the board's USB cable, or leave --port away to use a virtual board.";
        }

        IEnumerable<string> nearest = ports.OrderBy(port => NearestName.Distance(port.ToUpperInvariant(), name.ToUpperInvariant())).ThenBy(port => port, StringComparer.Ordinal).Take(4);
        return "nearest ports here: " + string.Join(", ", nearest) + ".";
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim().TrimEnd('.');

    private static bool IsLoss(Exception error) => error is IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException;

    private TransportException Lost(Exception error) => new($"The connection to '{port.PortName}' was lost ({FirstLine(error.Message)}); check the cable and the board's power.", error);
}
