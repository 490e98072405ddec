namespace Escapement.Host;

/// <summary>Why a protocol cannot be played.</summary>
/// <param name="Block">Index of the block, from 0; -1 for the protocol as a whole.</param>
/// <param name="Field">Field of a protocol file that is to blame, without its unit; empty for the block as a whole.</param>
/// <param name="Item">Index in a list of intervals, -1 otherwise.</param>
/// <param name="Sentence">What is wrong and what to do, without a full stop.</param>
public sealed record ProtocolProblem(int Block, string Field, int Item, string Sentence);
