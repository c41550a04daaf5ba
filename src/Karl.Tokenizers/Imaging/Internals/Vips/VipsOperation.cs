namespace Karl.Tokenizers.Imaging.Internals.Vips;

/// <summary>One libvips operation: set its arguments, build it, take its results.</summary>
internal sealed unsafe class VipsOperation : VipsObject
{
    private VipsOperation(nint handle)
        : base(handle)
    {
    }

    /// <summary>Creates the operation, or returns null where this libvips was built without it.</summary>
    public static VipsOperation? TryCreate(string name)
    {
        nint handle = VipsNative.NewOperation(name);
        if (handle == 0)
        {
            VipsErrors.Take();
            return null;
        }

        return new VipsOperation(handle);
    }

    public void Set(string argument, string value)
    {
        if (VipsNative.SetArgument(Handle, argument, value) != 0)
        {
            throw new InvalidOperationException($"libvips does not take {argument}={value}: {VipsErrors.Take()}.");
        }
    }

    public void SetImage(string argument, VipsObject image)
    {
        GValue value = default;
        VipsNative.InitializeValue(&value, VipsNative.ImageType());
        VipsNative.SetObject(&value, image.Handle);
        VipsNative.SetProperty(Handle, argument, &value);
        VipsNative.ClearValue(&value);
    }

    /// <summary>Sets bytes that stay where they are: they must not move until the operation and all its results are gone.</summary>
    public void SetBytes(string argument, byte* data, int length)
    {
        nint blob = VipsNative.NewBlob(0, data, (nuint)length);
        GValue value = default;
        VipsNative.InitializeValue(&value, VipsNative.BlobType());
        VipsNative.SetBoxed(&value, blob);
        VipsNative.SetProperty(Handle, argument, &value);
        VipsNative.ClearValue(&value);
        VipsNative.ReleaseArea(blob);
    }

    /// <summary>Runs the operation; false if it failed, with the reason in <see cref="VipsErrors"/>.</summary>
    public bool TryBuild() => VipsNative.Build(Handle) == 0;

    public VipsObject GetImage(string result)
    {
        GValue value = default;
        VipsNative.InitializeValue(&value, VipsNative.ImageType());
        VipsNative.GetProperty(Handle, result, &value);
        VipsObject image = new(VipsNative.CopyObject(&value));
        VipsNative.ClearValue(&value);
        return image;
    }

    public byte[] GetBytes(string result)
    {
        GValue value = default;
        VipsNative.InitializeValue(&value, VipsNative.BlobType());
        VipsNative.GetProperty(Handle, result, &value);
        byte* data = VipsNative.BlobData(VipsNative.GetBoxed(&value), out nuint size);
        byte[] bytes = new ReadOnlySpan<byte>(data, checked((int)size)).ToArray();
        VipsNative.ClearValue(&value);
        return bytes;
    }

    protected override void Release(nint handle)
    {
        VipsNative.ReleaseOutputs(handle);
        base.Release(handle);
    }
}
