namespace Karl.Graphs.Onnx;

/// <summary>A file is not ONNX, is damaged, or asks for what <see cref="Graph"/> cannot hold. The message says where, what was found and what was wanted.</summary>
public sealed class OnnxFormatException : FormatException
{
    /// <summary>Without a message.</summary>
    public OnnxFormatException()
    {
    }

    /// <summary>With what was found and what was wanted.</summary>
    public OnnxFormatException(string message) : base(message)
    {
    }

    /// <summary>With what was found and what was wanted, and the error behind it.</summary>
    public OnnxFormatException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}
