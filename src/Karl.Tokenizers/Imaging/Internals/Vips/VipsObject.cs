namespace Karl.Tokenizers.Imaging.Internals.Vips;

/// <summary>Owns one reference to a GLib object: an operation, an image, a region.</summary>
internal class VipsObject(nint handle) : IDisposable
{
    private nint _handle = handle;

    public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(VipsObject));

    public void Dispose()
    {
        nint handle = Interlocked.Exchange(ref _handle, 0);
        if (handle != 0)
        {
            Release(handle);
        }

        GC.SuppressFinalize(this);
    }

    protected virtual void Release(nint handle) => VipsNative.Release(handle);
}
