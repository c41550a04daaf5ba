using System.Text;

namespace Karl.Export.Verification.Internals;

/// <summary>Makes tensors inside an ONNX model outputs of it without touching, or understanding, a byte of what is there.</summary>
/// <remarks>
/// Protocol buffers say that a message given twice is merged and its lists are joined: a model file followed by a model that is nothing but a graph of
/// some outputs is the first model with these outputs added. ONNX Runtime infers their types.
/// </remarks>
internal static class ExtraOutputs
{
    private const byte ModelGraph = (7 << 3) | 2;
    private const byte GraphOutput = (12 << 3) | 2;
    private const byte OutputName = (1 << 3) | 2;

    /// <summary>A copy of the model with more outputs.</summary>
    public static byte[] Append(byte[] model, IEnumerable<string> tensors)
    {
        byte[] outputs = [.. tensors.SelectMany(tensor => Field(GraphOutput, Field(OutputName, Encoding.UTF8.GetBytes(tensor))))];
        var ending = outputs.Length == 0 ? [] : Field(ModelGraph, outputs);
        var whole = GC.AllocateUninitializedArray<byte>(model.Length + ending.Length);
        model.CopyTo(whole, 0);
        ending.CopyTo(whole, model.Length);
        return whole;
    }

    private static byte[] Field(byte tag, byte[] content)
    {
        List<byte> head = [tag];
        var length = (uint)content.Length;
        for (; length >= 0x80; length >>= 7)
        {
            head.Add((byte)(length | 0x80));
        }

        head.Add((byte)length);
        return [.. head, .. content];
    }
}
