namespace Escapement.Fuzz;

/// <summary>Bytes that this thread allocated between two points. A stretch in which a collection fell is left out: it moves the runtime's own figure.</summary>
public sealed class AllocationMeter
{
    private int collections;
    private long before;

    /// <summary>Bytes allocated in all stretches so far.</summary>
    public long Bytes;

    public void Begin()
    {
        collections = GC.CollectionCount(0);
        before = GC.GetAllocatedBytesForCurrentThread();
    }

    public void End()
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Bytes += GC.CollectionCount(0) == collections ? allocated : 0;
    }
}
