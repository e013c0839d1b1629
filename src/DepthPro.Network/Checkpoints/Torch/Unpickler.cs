namespace DepthPro.Network.Checkpoints.Torch;

/// <summary>
/// A restricted reader of Python pickles: the opcodes of protocols 2 to 5 that torch.save emits (Lib/pickletools.py documents each). It builds
/// plain data and executes nothing; time and memory are bounded by the number of opcodes and the pickle's length.
/// </summary>
internal sealed class Unpickler(PickleBytes bytes)
{
    private const int LastProtocol = 5;

    // The published checkpoint's has some fifty thousand.
    private const int MostOpcodes = 1 << 20;

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];

    /// <summary>The pickled value.</summary>
    public object? Load()
    {
        for (var count = 1; ; count++)
        {
            var opcode = bytes.NextOpcode();
            if (count > MostOpcodes) { throw bytes.BadAt($"there are more than {MostOpcodes} opcodes."); }
            switch (opcode)
            {
                case (byte)'.': return Pop(); // STOP
                case 0x80: CheckProtocol(bytes.U8()); break; // PROTO
                case 0x95: bytes.I64(); break; // FRAME: only a hint for readers of streams
                case (byte)'(': _marks.Push(_stack.Count); break; // MARK
                case (byte)'0': Pop(); break; // POP
                case (byte)'1': PopToMark(); break; // POP_MARK

                case (byte)'N': Push(null); break; // NONE
                case 0x88: Push(true); break; // NEWTRUE
                case 0x89: Push(false); break; // NEWFALSE
                case (byte)'K': Push((long)bytes.U8()); break; // BININT1
                case (byte)'M': Push((long)bytes.U16()); break; // BININT2
                case (byte)'J': Push((long)bytes.I32()); break; // BININT
                case 0x8a: Push(bytes.Integer(bytes.U8())); break; // LONG1
                case 0x8b: Push(bytes.Integer(bytes.I32())); break; // LONG4
                case (byte)'G': Push(bytes.F64()); break; // BINFLOAT
                case 0x8c: Push(bytes.Text(bytes.U8())); break; // SHORT_BINUNICODE
                case (byte)'X': Push(bytes.Text(bytes.U32())); break; // BINUNICODE
                case 0x8d: Push(bytes.Text(bytes.I64())); break; // BINUNICODE8
                case (byte)'U': Push(bytes.Text(bytes.U8())); break; // SHORT_BINSTRING
                case (byte)'T': Push(bytes.Text(bytes.I32())); break; // BINSTRING
                case (byte)'C': Push(bytes.Take(bytes.U8()).ToArray()); break; // SHORT_BINBYTES
                case (byte)'B': Push(bytes.Take(bytes.U32()).ToArray()); break; // BINBYTES
                case 0x8e: Push(bytes.Take(bytes.I64()).ToArray()); break; // BINBYTES8

                case (byte)')': Push(Array.Empty<object?>()); break; // EMPTY_TUPLE
                case (byte)'t': Push(PopToMark()); break; // TUPLE
                case 0x85: Push(PopMany(1)); break; // TUPLE1
                case 0x86: Push(PopMany(2)); break; // TUPLE2
                case 0x87: Push(PopMany(3)); break; // TUPLE3
                case (byte)']' or 0x8f: Push(new List<object?>()); break; // EMPTY_LIST, EMPTY_SET
                case (byte)'a': Append([Pop()]); break; // APPEND
                case (byte)'e' or 0x90: Append(PopToMark()); break; // APPENDS, ADDITEMS
                case (byte)'}': Push(new PickleDictionary()); break; // EMPTY_DICT
                case (byte)'s': SetItems(PopMany(2)); break; // SETITEM
                case (byte)'u': SetItems(PopToMark()); break; // SETITEMS

                case (byte)'q': _memo[bytes.U8()] = Top(); break; // BINPUT
                case (byte)'r': _memo[bytes.U32()] = Top(); break; // LONG_BINPUT
                case 0x94: _memo[_memo.Count] = Top(); break; // MEMOIZE
                case (byte)'h': Recall(bytes.U8()); break; // BINGET
                case (byte)'j': Recall(bytes.U32()); break; // LONG_BINGET

                case (byte)'c': Push(PickleGlobals.Find(bytes, bytes.Line(), bytes.Line())); break; // GLOBAL
                case 0x93: PushStackGlobal(); break; // STACK_GLOBAL
                case (byte)'Q': Push(PickleGlobals.Storage(bytes, Pop())); break; // BINPERSID
                case (byte)'R': Reduce(); break; // REDUCE
                case (byte)'b': Build(); break; // BUILD

                default:
                    throw bytes.BadAt($"opcode {RefusedName(opcode)} (0x{opcode:x2}) is not allowed: torch.save does not write it, and nothing was executed.");
            }
        }
    }

    private static string RefusedName(byte opcode) => opcode switch
    {
        (byte)'i' => "INST",
        (byte)'o' => "OBJ",
        0x81 => "NEWOBJ",
        0x92 => "NEWOBJ_EX",
        0x82 or 0x83 or 0x84 => "EXT",
        (byte)'P' => "PERSID",
        (byte)'I' => "INT",
        (byte)'L' => "LONG",
        (byte)'F' => "FLOAT",
        (byte)'S' => "STRING",
        (byte)'V' => "UNICODE",
        (byte)'p' => "PUT",
        (byte)'g' => "GET",
        (byte)'d' => "DICT",
        (byte)'l' => "LIST",
        (byte)'2' => "DUP",
        0x91 => "FROZENSET",
        0x96 => "BYTEARRAY8",
        0x97 => "NEXT_BUFFER",
        0x98 => "READONLY_BUFFER",
        _ => "unknown",
    };

    private void CheckProtocol(byte protocol)
    {
        if (protocol is < 2 or > LastProtocol) { throw bytes.BadAt($"pickle protocol {protocol}; expected 2 to {LastProtocol}."); }
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Top() => _stack.Count > Floor ? _stack[^1] : throw Underflow();

    private object? Pop()
    {
        var value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count) => _stack.Count - count >= Floor ? PopFrom(_stack.Count - count) : throw Underflow();

    private object?[] PopToMark() => _marks.TryPop(out var mark) ? PopFrom(mark) : throw bytes.BadAt("there is no mark on the stack.");

    // Values below the latest mark are out of reach until an opcode takes the mark away.
    private int Floor => _marks.TryPeek(out var mark) ? mark : 0;

    private InvalidDataException Underflow() => bytes.BadAt("the stack has too few values.");

    private object?[] PopFrom(int start)
    {
        var values = _stack[start..].ToArray();
        _stack.RemoveRange(start, values.Length);
        return values;
    }

    private void Recall(long index) =>
        Push(_memo.TryGetValue(index, out var value) ? value : throw bytes.BadAt($"memo {index} was never set."));

    private void Append(object?[] values)
    {
        if (Top() is not List<object?> list) { throw bytes.BadAt($"appends to {PickleGlobals.Describe(Top())}; expected a list."); }
        list.AddRange(values);
    }

    private void SetItems(object?[] keysAndValues)
    {
        if (Top() is not PickleDictionary dictionary || keysAndValues.Length % 2 != 0)
        {
            throw bytes.BadAt($"sets {keysAndValues.Length} keys and values of {PickleGlobals.Describe(Top())}; expected pairs and a dict.");
        }
        for (var i = 0; i < keysAndValues.Length; i += 2) { dictionary.Items.Add(new(keysAndValues[i], keysAndValues[i + 1])); }
    }

    private void PushStackGlobal()
    {
        var names = PopMany(2);
        Push(names is [string module, string name]
            ? PickleGlobals.Find(bytes, module, name)
            : throw bytes.BadAt($"a global is named by {PickleGlobals.Describe(names[0])} and {PickleGlobals.Describe(names[1])}; expected two texts."));
    }

    private void Reduce()
    {
        var pair = PopMany(2);
        Push(pair is [PickleGlobal function, object?[] arguments]
            ? PickleGlobals.Call(bytes, function, arguments)
            : throw bytes.BadAt($"calls {PickleGlobals.Describe(pair[0])} with {PickleGlobals.Describe(pair[1])}; expected an allowed global and a tuple."));
    }

    private void Build()
    {
        Pop();
        if (Top() is not PickleDictionary) { throw bytes.BadAt($"sets attributes of {PickleGlobals.Describe(Top())}; expected an OrderedDict."); }
    }
}
