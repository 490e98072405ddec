using System.Runtime.InteropServices;

namespace Escapement.Virtual;

/// <summary>A pseudo-terminal in raw mode: the part of a serial port that an operating system can lend without hardware.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private const short PollIn = 1;
    private const short PollOut = 4;
    private const int FlushInput = 0;
    private const int FlushInputMac = 1;
    private const uint EndExclusive = 0x540D;
    private const uint EndExclusiveMac = 0x2000740E;
    private const int NameBytes = 128;

    // Larger than struct termios on either system (60 and 72 bytes).
    private const int TermiosBytes = 256;

    private int _master = -1;
    private int _slave = -1;

    public PseudoTerminal()
    {
        if (!IsSupported)
        {
            throw new VirtualBoardException("A pseudo-terminal exists on Linux and macOS only; expose the virtual board by TCP instead.");
        }
        try
        {
            Open();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>What a program opens as a serial port.</summary>
    public string Path { get; private set; } = "";

    private static int NoControllingTerminal => OperatingSystem.IsMacOS() ? 0x20000 : 0x100;

    /// <summary>Waits for bytes from the client, then takes them; 0 when there are none.</summary>
    public unsafe int Read(Span<byte> into, int waitMs)
    {
        if (!Wait(PollIn, waitMs)) { return 0; }
        fixed (byte* to = into)
        {
            return (int)Math.Max(0, read(_master, to, (nuint)into.Length));
        }
    }

    /// <summary>Hands bytes to the client; the number that found room.</summary>
    public unsafe int Write(ReadOnlySpan<byte> bytes, int waitMs)
    {
        if (!Wait(PollOut, waitMs)) { return 0; }
        fixed (byte* from = bytes)
        {
            return (int)Math.Max(0, write(_master, from, (nuint)bytes.Length));
        }
    }

    /// <summary>Throws away what the client has not read.</summary>
    public void DropUnread() => _ = tcflush(_slave, OperatingSystem.IsMacOS() ? FlushInputMac : FlushInput);

    /// <summary>
    /// Ends the exclusive use that a client asked for. Because this end stays open the system would keep it after the client's
    /// death and let nobody in again.
    /// </summary>
    public void LetOthersOpen() => _ = ioctl(_slave, OperatingSystem.IsMacOS() ? EndExclusiveMac : EndExclusive);

    public void Dispose()
    {
        if (_slave >= 0) { _ = close(_slave); }
        if (_master >= 0) { _ = close(_master); }
        _slave = _master = -1;
    }

    private unsafe void Open()
    {
        _master = Checked(posix_openpt(ReadWrite | NoControllingTerminal), "opened");
        Checked(grantpt(_master), "granted");
        Checked(unlockpt(_master), "unlocked");
        byte* name = stackalloc byte[NameBytes];
        if (ptsname_r(_master, name, NameBytes) != 0) { throw Failed("named"); }
        Path = Marshal.PtrToStringUTF8((nint)name)!;

        // Held open here, so that the terminal stays raw and its master readable between clients.
        _slave = Checked(open(name, ReadWrite | NoControllingTerminal), "opened at its other end");
        byte* termios = stackalloc byte[TermiosBytes];
        Checked(tcgetattr(_slave, termios), "asked for its mode");
        cfmakeraw(termios);
        Checked(tcsetattr(_slave, 0, termios), "made raw");
    }

    private unsafe bool Wait(short what, int waitMs)
    {
        // struct pollfd: int fd, short events, short revents; the same on both systems.
        int* poller = stackalloc int[2];
        poller[0] = _master;
        ((short*)poller)[2] = what;
        ((short*)poller)[3] = 0;
        return poll(poller, 1, waitMs) > 0 && (((short*)poller)[3] & what) != 0;
    }

    private static int Checked(int result, string done) => result >= 0 ? result : throw Failed(done);

    private static VirtualBoardException Failed(string done) =>
        new($"A pseudo-terminal could not be {done}: {Marshal.GetLastPInvokeErrorMessage()}; expose the virtual board by TCP instead.");

    [DllImport("libc", SetLastError = true)]
    private static extern int posix_openpt(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int grantpt(int fd);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlockpt(int fd);

    [DllImport("libc", SetLastError = true)]
    private static extern unsafe int ptsname_r(int fd, byte* buffer, nuint length);

    [DllImport("libc", SetLastError = true)]
    private static extern unsafe int open(byte* path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int fd);

    [DllImport("libc", SetLastError = true)]
    private static extern unsafe int tcgetattr(int fd, byte* termios);

    [DllImport("libc", SetLastError = true)]
    private static extern unsafe int tcsetattr(int fd, int actions, byte* termios);

    [DllImport("libc")]
    private static extern unsafe void cfmakeraw(byte* termios);

    [DllImport("libc", SetLastError = true)]
    private static extern int tcflush(int fd, int queue);

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(int fd, nuint request);

    [DllImport("libc", SetLastError = true)]
    private static extern unsafe int poll(int* fds, nuint count, int timeoutMs);

    [DllImport("libc", SetLastError = true)]
    private static extern unsafe nint read(int fd, byte* into, nuint count);

    [DllImport("libc", SetLastError = true)]
    private static extern unsafe nint write(int fd, byte* from, nuint count);
}
