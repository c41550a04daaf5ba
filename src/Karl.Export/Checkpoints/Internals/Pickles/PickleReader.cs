using System.Globalization;
using System.Numerics;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Checkpoints.Internals.Pickles;

/// <summary>
/// Reads a pickle as data. Python's machine can call anything that a pickle names; this one knows the fixed table of
/// <see cref="PickleGlobals"/> and refuses every other name and every opcode that <c>torch.save</c> does not write.
/// </summary>
internal sealed class PickleReader
{
    private const int HighestProtocol = 5;
    private readonly PickleInput _input;
    private readonly PickleStack _stack;
    private readonly Func<PickleTuple, object> _loadPersistent;
    private readonly Dictionary<uint, object?> _memo = [];

    private PickleReader(PickleInput input, Func<PickleTuple, object> loadPersistent)
    {
        _input = input;
        _stack = new PickleStack(input);
        _loadPersistent = loadPersistent;
    }

    /// <summary>Reads one pickled value; <paramref name="loadPersistent"/> answers references to storages.</summary>
    public static object? Read(PickleInput input, Func<PickleTuple, object> loadPersistent) => new PickleReader(input, loadPersistent).Run();

    private object? Run()
    {
        while (true)
        {
            _input.Charge(1);
            var opcode = _input.ReadByte();
            if (opcode == (byte)'.')
            {
                var result = _stack.Pop();
                return _stack.Count == 0 ? result : throw _input.Refuse("values left over at its end");
            }

            if (!TryNumberOrText(opcode) && !TryContainer(opcode) && !TryMemoOrStack(opcode) && !TryObject(opcode))
            {
                throw _input.Refuse($"operation 0x{opcode:x2}, which torch.save does not write");
            }
        }
    }

    private bool TryNumberOrText(byte opcode)
    {
        object? value;
        switch (opcode)
        {
            case (byte)'N': value = null; break;
            case 0x88: value = true; break;
            case 0x89: value = false; break;
            case (byte)'J': value = (long)_input.ReadInt32(); break;
            case (byte)'K': value = (long)_input.ReadByte(); break;
            case (byte)'M': value = (long)_input.ReadUInt16(); break;
            case 0x8a: value = ReadLong(_input.ReadByte()); break;
            case 0x8b: value = ReadLong(_input.ReadUInt32()); break;
            case (byte)'G': value = _input.ReadDouble(); break;
            case (byte)'X': value = _input.ReadText(_input.ReadUInt32()); break;
            case 0x8c: value = _input.ReadText(_input.ReadByte()); break;
            case 0x8d: value = _input.ReadText(_input.ReadUInt64()); break;
            case (byte)'B': value = _input.ReadBytes(_input.ReadUInt32()); break;
            case (byte)'C': value = _input.ReadBytes(_input.ReadByte()); break;
            case 0x8e or 0x96: value = _input.ReadBytes(_input.ReadUInt64()); break;
            default: return false;
        }

        _stack.Push(value);
        return true;
    }

    private bool TryContainer(byte opcode)
    {
        switch (opcode)
        {
            case (byte)']': _stack.Push(new PickleList()); break;
            case 0x8f: _stack.Push(new PickleList(isSet: true)); break;
            case (byte)'}': _stack.Push(new PickleDictionary(isOrdered: false)); break;
            case (byte)')': _stack.Push(new PickleTuple([])); break;
            case 0x85: _stack.Push(_stack.PopTuple(1)); break;
            case 0x86: _stack.Push(_stack.PopTuple(2)); break;
            case 0x87: _stack.Push(_stack.PopTuple(3)); break;
            case (byte)'t': _stack.Push(new PickleTuple(_stack.PopGroup())); break;
            case (byte)'l': Append(new PickleList(), _stack.PopGroup(), push: true); break;
            case 0x91: Append(new PickleList(isSet: true), _stack.PopGroup(), push: true); break;
            case (byte)'d': SetItems(new PickleDictionary(isOrdered: false), _stack.PopGroup(), push: true); break;
            case (byte)'a':
                var item = _stack.Pop();
                Append(PeekList(isSet: false), [item], push: false);
                break;
            case (byte)'e' or 0x90:
                var group = _stack.PopGroup();
                Append(PeekList(isSet: opcode == 0x90), group, push: false);
                break;
            case (byte)'s':
                var pair = _stack.PopTuple(2).Items;
                SetItems(_stack.Peek<PickleDictionary>("a dictionary"), pair, push: false);
                break;
            case (byte)'u':
                var items = _stack.PopGroup();
                SetItems(_stack.Peek<PickleDictionary>("a dictionary"), items, push: false);
                break;
            default: return false;
        }

        return true;
    }

    private bool TryMemoOrStack(byte opcode)
    {
        switch (opcode)
        {
            case 0x80:
                var protocol = _input.ReadByte();
                if (protocol > HighestProtocol)
                {
                    throw _input.Refuse($"protocol {protocol}; up to {HighestProtocol} are read");
                }

                break;
            case 0x95: _input.ReadUInt64(); break;
            case (byte)'(': _stack.Mark(); break;
            case (byte)'0': _stack.Pop(); break;
            case (byte)'1': _stack.PopGroup(); break;
            case (byte)'2': _stack.Push(_stack.Peek()); break;
            case (byte)'q': _memo[_input.ReadByte()] = _stack.Peek(); break;
            case (byte)'r': _memo[_input.ReadUInt32()] = _stack.Peek(); break;
            case 0x94: _memo[(uint)_memo.Count] = _stack.Peek(); break;
            case (byte)'h': _stack.Push(Recall(_input.ReadByte())); break;
            case (byte)'j': _stack.Push(Recall(_input.ReadUInt32())); break;
            default: return false;
        }

        return true;
    }

    private bool TryObject(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'c':
                var module = _input.ReadLine();
                _stack.Push(PickleGlobals.Find(_input, module, _input.ReadLine()));
                break;
            case 0x93:
                var name = _stack.Pop<string>("a name");
                _stack.Push(PickleGlobals.Find(_input, _stack.Pop<string>("a module"), name));
                break;
            case (byte)'R' or 0x81:
                var arguments = _stack.Pop<PickleTuple>("a tuple of arguments");
                _stack.Push(PickleGlobals.Call(_input, _stack.Pop<PickleGlobal>("an allowed name"), arguments));
                break;
            case (byte)'b':
                var state = _stack.Pop();
                PickleGlobals.SetState(_input, _stack.Peek(), state);
                break;
            case (byte)'Q': _stack.Push(_loadPersistent(_stack.Pop<PickleTuple>("a storage reference"))); break;
            case (byte)'i':
                var className = $"{_input.ReadLine()}.{_input.ReadLine()}";
                throw _input.Refuse($"an instance of '{Printable.Shorten(className)}', which is not data");
            default: return false;
        }

        return true;
    }

    private object ReadLong(uint length)
    {
        if (length > 1024)
        {
            throw _input.Refuse($"a whole number of {length} bytes");
        }

        var value = new BigInteger(_input.ReadBytes(length));
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : new PickleLabel(value.ToString(CultureInfo.InvariantCulture));
    }

    private object? Recall(uint index)
        => _memo.TryGetValue(index, out var value) ? value : throw _input.Refuse($"a reference to value {index}, which was never kept");

    private PickleList PeekList(bool isSet)
    {
        var list = _stack.Peek<PickleList>("a list or set");
        return list.IsSet == isSet ? list : throw _input.Refuse("a list where a set is needed, or the other way round");
    }

    private void Append(PickleList list, object?[] items, bool push)
    {
        list.Items.AddRange(items);
        if (push)
        {
            _stack.Push(list);
        }
    }

    private void SetItems(PickleDictionary dictionary, object?[] items, bool push)
    {
        if (items.Length % 2 != 0)
        {
            throw _input.Refuse("a key without a value");
        }

        for (var index = 0; index < items.Length; index += 2)
        {
            if (!dictionary.TryAdd(items[index], items[index + 1]))
            {
                throw _input.Refuse($"a dictionary key that is there twice or is neither text nor number ({PickleText.Print(items[index])})");
            }
        }

        if (push)
        {
            _stack.Push(dictionary);
        }
    }
}
