namespace Escapement.Cli;

/// <summary>
/// Standard output that cannot fail in the middle of a session: what cannot be written is lost, and the command says so at its end.
/// </summary>
internal sealed class Output(Stream inner) : Stream
{
    /// <summary>Why something could not be written; null while all of it could.</summary>
    public string? Failure { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception error) when (Streams.IsLoss(error))
        {
            Failure ??= error.Message.ReplaceLineEndings(" ").TrimEnd('.');
        }
    }

    public override void Flush()
    {
        // The console's stream keeps nothing back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
