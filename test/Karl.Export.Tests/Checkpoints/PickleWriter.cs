using System.Buffers.Binary;
using System.Text;

namespace Karl.Export.Checkpoints;

/// <summary>Writes pickles opcode by opcode, so that tests can make well-formed ones and hostile ones.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> _bytes = [0x80, 2];

    public byte[] Stop() => [.. _bytes, (byte)'.'];

    public PickleWriter Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleWriter Op(char opcode) => Raw((byte)opcode);

    public PickleWriter Global(string module, string name) => Op('c').Raw(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleWriter StackGlobal(string module, string name) => Text(module).Text(name).Raw(0x93);

    public PickleWriter Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Op('X').Raw(BitConverter.GetBytes(bytes.Length)).Raw(bytes);
    }

    public PickleWriter Number(long number)
    {
        byte[] bytes = new byte[10];
        bytes[0] = 0x8a;
        bytes[1] = 8;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2), number);
        return Raw(bytes);
    }

    public PickleWriter Real(double number)
    {
        byte[] bytes = new byte[9];
        bytes[0] = (byte)'G';
        BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(1), number);
        return Raw(bytes);
    }

    public PickleWriter Flag(bool flag) => Raw(flag ? (byte)0x88 : (byte)0x89);

    public PickleWriter Numbers(params long[] numbers)
    {
        Op('(');
        foreach (long number in numbers)
        {
            Number(number);
        }

        return Op('t');
    }

    public PickleWriter Storage(string type, string key, long count)
        => Op('(').Text("storage").Global("torch", type + "Storage").Text(key).Text("cpu").Number(count).Op('t').Op('Q');

    public PickleWriter Tensor(string type, string key, long count, long offset, long[] shape, long[] strides)
        => Global("torch._utils", "_rebuild_tensor_v2").Op('(').Storage(type, key, count).Number(offset).Numbers(shape).Numbers(strides)
            .Flag(false).OrderedDictionary().Op('t').Op('R');

    public PickleWriter OrderedDictionary() => Global("collections", "OrderedDict").Op(')').Op('R');
}
