namespace Escapement.Host;

/// <summary>A connection that could not be made or was lost. Its message is one sentence for a person: what, where and what to do.</summary>
public sealed class TransportException : Exception
{
    /// <summary>With the sentence for the person.</summary>
    public TransportException(string message) : base(message)
    {
    }

    /// <summary>With the sentence and what the system said.</summary>
    public TransportException(string message, Exception inner) : base(message, inner)
    {
    }
}
