namespace Escapement.Host;

/// <summary>Sees everything that passes between host and board.</summary>
public interface ILinkTap
{
    /// <summary>Bytes as they went over the line.</summary>
    /// <param name="hostUs">Host clock in microseconds.</param>
    /// <param name="toBoard">Direction.</param>
    /// <param name="bytes">The bytes.</param>
    void OnBytes(long hostUs, bool toBoard, ReadOnlySpan<byte> bytes);

    /// <summary>A whole message of the board.</summary>
    void OnMessage(long hostUs, HarpMessage message);
}
