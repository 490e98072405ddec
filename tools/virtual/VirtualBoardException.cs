namespace Escapement.Virtual;

/// <summary>The virtual board could not go on. Its message is one sentence for a person.</summary>
public sealed class VirtualBoardException : Exception
{
    /// <summary>With the sentence.</summary>
    public VirtualBoardException(string message) : base(message)
    {
    }

    /// <summary>With the sentence and what was thrown.</summary>
    public VirtualBoardException(string message, Exception inner) : base(message, inner)
    {
    }
}
