//! The helper process as the host starts it on Windows, and its end of the conversation.
//!
//! Requests arrive on standard input. Replies go over a pipe whose inherited handle is the second argument:
//! standard output belongs to what a module prints, which leads nowhere.
#![expect(unsafe_code, reason = "jobs and inherited handles have no safe interface")]

use std::ffi::{OsStr, OsString, c_void};
use std::fs::File;
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::windows::ffi::{OsStrExt, OsStringExt};
use std::os::windows::io::{AsHandle, AsRawHandle, FromRawHandle, OwnedHandle, RawHandle};
use std::path::{Path, PathBuf};
use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::{HANDLE_FLAG_INHERIT, SetHandleInformation, TRUE};
use windows_sys::Win32::Storage::FileSystem::{FILE_TYPE_PIPE, GetFileType};
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
    JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, JOBOBJECT_BASIC_LIMIT_INFORMATION,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation, SetInformationJobObject,
};
use windows_sys::Win32::System::SystemInformation::GetSystemDirectoryW;
use windows_sys::Win32::System::Threading::{
    CREATE_NEW_PROCESS_GROUP, CREATE_NO_WINDOW, CREATE_SUSPENDED, CREATE_UNICODE_ENVIRONMENT, CreateProcessW,
    DeleteProcThreadAttributeList, EXTENDED_STARTUPINFO_PRESENT, INFINITE, InitializeProcThreadAttributeList,
    PROC_THREAD_ATTRIBUTE_HANDLE_LIST, PROCESS_INFORMATION, ResumeThread, STARTF_USESTDHANDLES,
    STARTUPINFOEXW, TerminateProcess, UpdateProcThreadAttribute, WaitForSingleObject,
};

/// The subcommand of the host that runs the helper.
pub const SUBCOMMAND: &str = "module-helper";

/// Returns the system folder, as Windows says; no variable is asked.
pub(crate) fn system_folder() -> Option<PathBuf> {
    let mut path = [0_u16; 260];
    // SAFETY: the buffer has the stated length.
    let length = unsafe { GetSystemDirectoryW(path.as_mut_ptr(), path.len() as u32) } as usize;
    let path = path.get(..length).filter(|path| !path.is_empty())?;
    Some(OsString::from_wide(path).into())
}

/// What the host writes to.
pub(crate) type Input = PipeWriter;

/// A running helper. The job ends it with this process, however that ends.
pub(crate) struct Helper {
    process: OwnedHandle,
    _job: OwnedHandle,
}

impl Helper {
    /// Ends it, and waits until it has ended.
    pub(crate) fn end(&mut self) {
        end(&self.process);
    }
}

/// Ends a process, and waits until it has ended.
fn end(process: &OwnedHandle) {
    let process = process.as_raw_handle();
    // SAFETY: the handle is open. A process that has ended is not ended again.
    unsafe {
        TerminateProcess(process, 1);
        WaitForSingleObject(process, INFINITE);
    }
}

/// Starts a helper with an empty environment; returns its input and output.
pub(crate) fn start() -> io::Result<(Helper, PipeWriter, PipeReader)> {
    let system = system_folder().ok_or(io::ErrorKind::NotFound)?;
    let (helper_input, input) = io::pipe()?;
    let (output, helper_output) = io::pipe()?;
    let nowhere = File::options().read(true).write(true).open("NUL")?;
    let program = std::env::current_exe()?;
    let mut command = OsString::from("\"");
    command.push(&program); // no name contains a quotation mark
    command.push(format!("\" {SUBCOMMAND} {}", helper_output.as_raw_handle() as usize));
    // Libraries of Windows need this variable.
    let mut environment = OsString::from("SystemRoot=");
    environment.push(system.parent().unwrap_or(&system));
    environment.push("\0");
    let handles = [helper_input.as_raw_handle(), helper_output.as_raw_handle(), nowhere.as_raw_handle()];
    let (process, thread) = create_suspended(&program, &command, &environment, &system, handles)?;
    // Without a job it could outlive this process.
    match job_with(&process).and_then(|job| resume(&thread).map(|()| job)) {
        Ok(job) => Ok((Helper { process, _job: job }, input, output)),
        Err(error) => {
            end(&process);
            Err(error)
        }
    }
}

/// Lets the thread of a process that was created suspended run.
fn resume(thread: &OwnedHandle) -> io::Result<()> {
    // SAFETY: the handle is open, and the call takes no pointer.
    let result = unsafe { ResumeThread(thread.as_raw_handle()) };
    if result == u32::MAX { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Creates a process that inherits exactly these handles: its standard input, the pipe for its replies, and what its
/// standard output and error lead to. Without the list it would inherit every inheritable handle, such as the pipes to
/// the browser. It runs once its thread is resumed. Returns the process and the thread.
fn create_suspended(
    program: &Path,
    command: &OsStr,
    environment: &OsStr,
    folder: &Path,
    handles: [RawHandle; 3],
) -> io::Result<(OwnedHandle, OwnedHandle)> {
    for handle in handles {
        // SAFETY: the handle is open, and the call takes no pointer.
        checked(unsafe { SetHandleInformation(handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT) })?;
    }
    let list = HandleList::new(&handles)?;
    let [input, _, nowhere] = handles;
    let mut startup = STARTUPINFOEXW { lpAttributeList: list.pointer, ..Default::default() };
    startup.StartupInfo.cb = size_of_val(&startup) as u32;
    startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    startup.StartupInfo.hStdInput = input;
    startup.StartupInfo.hStdOutput = nowhere;
    startup.StartupInfo.hStdError = nowhere;
    // Ctrl-C in a console must not end it between two commands of the module.
    let flags = CREATE_NEW_PROCESS_GROUP
        | CREATE_NO_WINDOW
        | CREATE_SUSPENDED
        | CREATE_UNICODE_ENVIRONMENT
        | EXTENDED_STARTUPINFO_PRESENT;
    let mut created = PROCESS_INFORMATION::default();
    // SAFETY: all texts end with a NUL, the environment with two; the structures and the list of handles outlive the
    // call, and the size of the first one says that it has attributes.
    checked(unsafe {
        CreateProcessW(
            wide(program.as_os_str()).as_ptr(),
            wide(command).as_mut_ptr(),
            null(),
            null(),
            TRUE,
            flags,
            wide(environment).as_ptr().cast(),
            wide(folder.as_os_str()).as_ptr(),
            (&raw const startup).cast(),
            &raw mut created,
        )
    })?;
    // SAFETY: the process was created, and nobody else owns these handles.
    Ok(unsafe {
        (OwnedHandle::from_raw_handle(created.hProcess), OwnedHandle::from_raw_handle(created.hThread))
    })
}

/// The list of handles that a new process inherits.
struct HandleList<'a> {
    pointer: *mut c_void,
    /// Memory for the list, aligned for pointers.
    _memory: Vec<usize>,
    _handles: &'a [RawHandle],
}

impl<'a> HandleList<'a> {
    fn new(handles: &'a [RawHandle]) -> io::Result<Self> {
        let mut size = 0;
        // SAFETY: without memory the call writes the size only.
        unsafe { InitializeProcThreadAttributeList(null_mut(), 1, 0, &raw mut size) };
        let mut memory = vec![0_usize; size.div_ceil(size_of::<usize>())];
        let pointer = memory.as_mut_ptr().cast();
        // SAFETY: the memory has the size that the call has asked for.
        checked(unsafe { InitializeProcThreadAttributeList(pointer, 1, 0, &raw mut size) })?;
        let list = Self { pointer, _memory: memory, _handles: handles };
        // SAFETY: the list is initialized and has room for one attribute, and the handles outlive it.
        checked(unsafe {
            UpdateProcThreadAttribute(
                list.pointer,
                0,
                PROC_THREAD_ATTRIBUTE_HANDLE_LIST as usize,
                handles.as_ptr().cast(),
                size_of_val(handles),
                null_mut(),
                null(),
            )
        })?;
        Ok(list)
    }
}

impl Drop for HandleList<'_> {
    fn drop(&mut self) {
        // SAFETY: the list was initialized.
        unsafe { DeleteProcThreadAttributeList(self.pointer) };
    }
}

/// Returns a text for Windows, with the NUL that ends it.
fn wide(text: &OsStr) -> Vec<u16> {
    text.encode_wide().chain([0]).collect()
}

/// Puts a process into a job of its own, which ends with its last handle and may start no other process.
fn job_with(process: &OwnedHandle) -> io::Result<OwnedHandle> {
    let limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION {
        BasicLimitInformation: JOBOBJECT_BASIC_LIMIT_INFORMATION {
            LimitFlags: JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
            ActiveProcessLimit: 1,
            ..Default::default()
        },
        ..Default::default()
    };
    // SAFETY: no security attributes and no name; a handle that is returned is owned by nobody else.
    let job = unsafe { CreateJobObjectW(null(), null()) };
    if job.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: as above.
    let job = unsafe { OwnedHandle::from_raw_handle(job) };
    let size = size_of_val(&limits) as u32;
    // SAFETY: the structure has the type of this class and the stated size.
    checked(unsafe {
        SetInformationJobObject(
            job.as_raw_handle(),
            JobObjectExtendedLimitInformation,
            (&raw const limits).cast(),
            size,
        )
    })?;
    // SAFETY: both handles are open.
    checked(unsafe { AssignProcessToJobObject(job.as_raw_handle(), process.as_raw_handle()) })?;
    Ok(job)
}

fn checked(result: i32) -> io::Result<()> {
    if result == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// The helper's end of the conversation.
pub(crate) struct Channel {
    input: File,
    output: File,
}

/// Takes the channel to the host.
///
/// # Errors
/// If the host has inherited no pipe to this process: nobody else starts a helper.
pub(crate) fn take_channel() -> io::Result<Channel> {
    let handle = std::env::args().nth(2).and_then(|argument| argument.parse::<usize>().ok());
    let handle = handle.ok_or(io::ErrorKind::InvalidInput)? as RawHandle;
    // SAFETY: the call takes any number, and fails for one that is no handle.
    if unsafe { GetFileType(handle) } != FILE_TYPE_PIPE {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    // SAFETY: it is an open pipe, and nothing else in this process uses it: the host inherited it for this.
    let output = unsafe { OwnedHandle::from_raw_handle(handle) };
    // Not through the standard library's buffer, in which codes would stay.
    let input = io::stdin().as_handle().try_clone_to_owned()?;
    Ok(Channel { input: input.into(), output: output.into() })
}

impl Read for Channel {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.input.read(buffer)
    }
}

impl Write for Channel {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.output.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
