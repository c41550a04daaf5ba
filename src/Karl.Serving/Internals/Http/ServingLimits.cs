namespace Karl.Serving.Internals.Http;

/// <summary>Limits that follow from others, or that nobody needs to choose.</summary>
internal static class ServingLimits
{
    /// <summary>Connections at the same time.</summary>
    public const int Connections = 1024;

    /// <summary>How long the head of a request may take.</summary>
    public static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(10);

    /// <summary>Bytes that a form has around its file.</summary>
    private const int FormBytes = 64 << 10;

    /// <summary>Most bytes of a request's body where a file may have so many.</summary>
    public static long BodyBytes(long uploadBytes) => uploadBytes + FormBytes;
}
