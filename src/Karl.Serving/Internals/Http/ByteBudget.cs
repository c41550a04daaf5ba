namespace Karl.Serving.Internals.Http;

/// <summary>How many bytes of uploads are held at the same time, of all requests together.</summary>
internal sealed class ByteBudget(long most)
{
    private long _held;

    /// <summary>Bytes that are held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Takes some more, or says that there is no room.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= most)
        {
            return true;
        }

        Return(bytes);
        return false;
    }

    /// <summary>Gives some back.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _held, -bytes);
}
