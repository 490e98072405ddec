namespace Escapement.Host;

/// <summary>Something in a protocol that the board would refuse.</summary>
/// <param name="Limit">Name of the limit or of the board's error.</param>
/// <param name="Sentence">What is against it and what to do.</param>
public sealed record PlanRefusal(string Limit, string Sentence);
