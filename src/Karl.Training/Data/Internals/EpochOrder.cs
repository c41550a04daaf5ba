namespace Karl.Training.Data.Internals;

/// <summary>In which order an epoch shows the images: Fisher and Yates' shuffle, from seed and epoch alone.</summary>
internal sealed class EpochOrder(int count, ulong seed)
{
    private readonly Lock _lock = new();
    private (long Epoch, int[] Order)? _later, _earlier;

    /// <summary>Every index once. The two epochs that were asked for last are kept, because batches are made ahead over the end of an epoch.</summary>
    public ReadOnlySpan<int> Of(long epoch)
    {
        lock (_lock)
        {
            if (_later is { } later && later.Epoch == epoch)
            {
                return later.Order;
            }

            if (_earlier is { } earlier && earlier.Epoch == epoch)
            {
                return earlier.Order;
            }

            int[] order = Shuffled(epoch);
            (_later, _earlier) = ((epoch, order), _later);
            return order;
        }
    }

    private int[] Shuffled(long epoch)
    {
        SampleRandom random = new(seed, epoch, position: -1);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int last = count - 1; last > 0; last--)
        {
            int other = random.Below(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}
