using Escapement.Link;

namespace Escapement.Host;

/// <summary>Asks who is there and in which state, and nothing else. What is no Escapement board leaves both unknown.</summary>
public sealed class BoardLook : ITransportStep
{
    private readonly HarpClient client;
    private readonly string name;
    private Handshake? handshake;
    private HarpRequest? status;
    private bool isOver;

    /// <summary>Over a transport, which stays the caller's to dispose of.</summary>
    public BoardLook(ITransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        client = new HarpClient(transport);
        name = transport.Name;
    }

    /// <summary>Who answers; null when nobody of ours does.</summary>
    public BoardIdentity? Board => handshake?.Board;

    /// <summary>Its status; null when it did not say.</summary>
    public BoardStatus? Status => status?.Reply is { } reply ? BoardStatus.From(reply) : null;

    /// <summary>The connection broke before it was known who answers.</summary>
    public TransportException? Lost { get; private set; }

    /// <inheritdoc/>
    public bool IsFinished => isOver;

    /// <inheritdoc/>
    public bool Step(long nowUs)
    {
        try
        {
            bool any = client.Step(nowUs);
            handshake ??= new Handshake(client, name);
            if (handshake.Step())
            {
                // Boards of another version answer this too: what is known of them is enough to see that they are busy.
                status ??= handshake.Board is null ? null : client.Read(RegisterAddress.Status, HarpFrames.U64, reply => reply.Payload.Length == BoardStatus.Bytes);
                isOver = status is null || status.IsDone;
            }

            return any && !isOver;
        }
        catch (TransportException error)
        {
            Lost = error;
            isOver = true;
            return false;
        }
    }
}
